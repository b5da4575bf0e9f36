#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "runners/pairs/process_run.h"
#include "runners/process/process.h"

namespace modelgate {

/// Rows that a process is to answer, a line each.
struct RowsToAnswer {
  std::vector<std::string_view> lines;  ///< Without their ends; none: the command is only run.
  std::filesystem::path file;           ///< Which holds them and nothing else.
};

/// Runs the command from start to end; all rows lie ready on its stdin.
ProcessRun run_cold(ProcessSpec spec, const RowsToAnswer& rows);

/// Runs the command and gives it a row when it has answered the one before.
ProcessRun run_warm(ProcessSpec spec, const RowsToAnswer& rows);

}  // namespace modelgate
