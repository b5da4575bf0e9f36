#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace modelgate {

/// What is known of an example besides its tensors. Texts named `_json` are JSON as it will be written.
struct DataRow {
  std::string id_json;
  std::string carried_json;  ///< `,"slices":{…},"cluster":…`: fields of the row that its record repeats.
  std::optional<std::string> label;         ///< As plain text.
  bool label_is_text = true;                ///< Otherwise a number or a boolean in the data.
  std::optional<std::int64_t> label_index;  ///< Where the data give class indices instead of a label.
  std::string error;                        ///< Why this row has no input; it is not shown to the model.
};

/// The examples that a model is run on: their tensors in a safetensors file, a row of each for every example.
struct DataSet {
  std::filesystem::path tensors;
  std::vector<std::string> inputs;  ///< Names of tensors, in the order of the model's arguments.
  std::vector<DataRow> rows;
  std::int64_t runnable = 0;  ///< Rows without `error`: the rows of the tensors, in the same order.
};

/// How data are read.
struct DataDemands {
  std::vector<std::string> inputs;  ///< Empty: all, in the order of the first row.
  bool wide_floats = false;         ///< Numbers of JSON as float64 instead of float32.
};

/// Reads JSONL, and writes its tensors to `tensors`. Each row has an `id`, unique together with `sample`, and
/// `inputs`: a map of name to nested arrays of numbers, or one such array, which is then named "input". A
/// tensor whose numbers are all written as whole numbers is I64, any other F32. A row with `error` needs no
/// inputs. Errors: kind usage with file:line for a row that is not like that, or not shaped like the first.
DataSet read_json_rows(const std::filesystem::path& path, const DataDemands& demands,
                       const std::filesystem::path& tensors);

/// Reads safetensors, in which the first dimension is the row. Ids are row numbers from 0; an I64 tensor
/// "label" or "labels" holds class indices and is no input unless it is asked for. Errors: kind usage.
DataSet read_tensor_rows(const std::filesystem::path& path, const DataDemands& demands);

/// One of the two, by the file's ending.
DataSet read_data(const std::filesystem::path& path, const DataDemands& demands,
                  const std::filesystem::path& tensors);

/// Refuses data, named `where`, of which it is not clear what --lengths would mean: every input with a second
/// dimension must have it of the same size, and there must be one. Errors: kind usage.
void expect_length(const DataSet& data, const std::string& where);

}  // namespace modelgate
