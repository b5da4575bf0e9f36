#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runners/exec/earlier_rows.h"
#include "runners/exec/exec.h"
#include "runners/exec/rows_in_looks.h"

namespace modelgate {

/// What of the rows is measured now, and what is added to the names of its files.
struct RowStretch {
  std::size_t first = 0, end = 0;
  std::int64_t seed = 0;
  std::string suffix;

  std::string text() const;  ///< "rows 11 to 20"
};

/// The stretch that goes on from the earlier rows; nothing without looks. Errors: kind usage.
std::optional<RowStretch> stretch_of(const RowLooks& looks, const std::optional<EarlierRows>& earlier);

/// A subject, and what it is asked.
struct ExecTask {
  MeasuredSubject subject;
  std::string role;
  std::vector<std::string> command;
  std::filesystem::path folder;      ///< Of its data files.
  std::filesystem::path input_file;  ///< As it was given.
  std::shared_ptr<const AskedRows> asked;
  std::optional<RowStretch> stretch;  ///< Nothing: all of the input, as it is.

  /// Places in the input.
  std::span<const std::size_t> rows() const;
  /// A file of this stretch: "answers-until-20.jsonl" in the folder.
  std::filesystem::path file(const std::string& name, const std::string& extension) const;
  /// The file that the command reads; written, if it is not the input. Errors: kind infrastructure.
  std::filesystem::path stdin_file() const;
};

/// Reads everything that people wrote, so that their mistakes are said before anything is measured. Errors:
/// kind usage.
std::vector<ExecTask> tasks_of(const ExecOptions& options, const std::vector<MeasuredSubject>& subjects,
                               const std::optional<RowStretch>& stretch);

}  // namespace modelgate
