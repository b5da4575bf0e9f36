#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace modelgate {

/// A row of a model's answers. Labels and predictions that are numbers or booleans are kept as their text.
struct Record {
  std::string id;
  std::optional<std::string> label, prediction, output, reference, cluster;
  std::optional<std::string> error;  ///< Why there is no answer.
  std::optional<double> score;       ///< Of the positive class.
  std::vector<std::pair<std::string, double>>
      scores;  ///< By class, sorted by name; an array has "0", "1", ….
  std::vector<std::pair<std::string, std::string>> slices;  ///< Sorted by name.
  std::map<std::string, double> metrics;
  std::optional<double> nll;
  std::optional<std::int64_t> tokens, sample;
  std::int64_t line = 0;  ///< In the file, from 1.
};

/// Other names for fields: {"prediction", "answer"} reads `prediction` from the field `answer`.
using FieldNames = std::map<std::string, std::string>;

/// Reads a JSONL file of records, in order. Fields that are not ours are ignored; repeated ids are kept, for
/// the gate to report. Errors: kind infrastructure if it cannot be read; kind usage with file:line for a line
/// that is no JSON object, has no id, a field of the wrong type, or a field twice; for a file without rows;
/// for an unknown name in `names`.
std::vector<Record> read_records(const std::filesystem::path& path, const FieldNames& names = {});

}  // namespace modelgate
