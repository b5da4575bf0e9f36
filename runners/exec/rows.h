#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runners/recording/row_writer.h"
#include "schemas/formats/mapped_file.h"

namespace modelgate {

/// The lines of a file that are not blank, mapped.
class RowFile {
 public:
  struct Line {
    std::string_view text;    ///< Without its end.
    std::int64_t number = 0;  ///< In the file, from 1.
  };

  /// Errors: kind infrastructure if it cannot be read.
  explicit RowFile(const std::filesystem::path& path);

  const std::vector<Line>& lines() const { return lines_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  MappedFile file_;
  std::vector<Line> lines_;
};

/// What a row is called: its id, as text, and the number of its repeat.
struct RowName {
  std::string id;
  std::optional<std::int64_t> sample;

  std::string text() const;  ///< "7", "7 (sample 2)"
  bool operator==(const RowName&) const = default;
};

/// The rows that a command is asked about, each a JSON object with an id (a text or a whole number; 7 and "7"
/// are the same) that only the rows of several samples may share.
class InputRows {
 public:
  /// Errors: kind infrastructure if the file cannot be read; kind usage with file and line for a row that is
  /// no such object or has the name of another, and for a file without rows.
  explicit InputRows(const std::filesystem::path& path);

  const std::vector<RowFile::Line>& lines() const { return file_.lines(); }
  const std::filesystem::path& path() const { return file_.path(); }
  /// Which row is meant; nothing if none is. A name without a sample means the only row of its id.
  std::optional<std::size_t> find(const RowName& name) const;

 private:
  RowFile file_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::unordered_map<std::string, std::size_t> only_row_of_id_;
};

/// What became of the answers.
struct Answers {
  std::int64_t rows = 0;              ///< As many as were asked.
  std::int64_t errors = 0;            ///< Rows with `error`.
  std::int64_t missing = 0;           ///< Of those, rows that were not answered at all.
  std::vector<std::string> problems;  ///< What was wrong with the output, in words.
};

/// Writes a row of records for each row that was asked (places in the input), in that order: the answer with
/// the same name, and of the input row label, reference, slices, cluster and sample. A row without an answer
/// gets `error`. Answers that are no JSON objects, name no row that was asked, repeat one, or contradict what
/// the input says of a row (a model does not choose its own labels) are problems; but for the last they are
/// not used. Errors: kind infrastructure if a file cannot be read or written.
Answers write_records(const InputRows& input, std::span<const std::size_t> asked_rows,
                      const std::filesystem::path& answers, RowWriter& records);

}  // namespace modelgate
