#include "tests/bench/verdicts/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <ctime>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "tests/bench/verdicts/curves.h"
#include "tests/bench/verdicts/document.h"
#include "tests/bench/verdicts/evidence.h"
#include "tests/bench/verdicts/tables.h"

namespace modelgate {
namespace {

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

/// Minutes of simulation must not end with a folder that cannot be written.
void require_writable(const std::filesystem::path& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (::access(folder.c_str(), W_OK) != 0)
    throw infrastructure_error(folder.string(), "the folder cannot be written to");
}

}  // namespace

void ProgramOptions::declare(OptionSet& set) {
  set.flag("quick", quick, "Fewer runs: under a minute instead of minutes");
  set.integer("seed", seed, 0, 1'000'000'000'000, "N", "Of all random numbers");
  set.integer("threads", threads, 0, 256, "N", "0: as many as there are cores");
  set.text("histories", histories, "DIR", "Measured histories to resample too");
  set.text("output", output, "DIR", "Writes tables (verdicts.md, verdicts.json) and charts (SVG) there");
}

ExitCode run_program(const ProgramOptions& options) {
  if (!options.output.empty()) require_writable(options.output);
  Settings settings = options.quick ? quick_settings() : Settings{};
  settings.seed = static_cast<std::uint64_t>(options.seed);
  settings.threads = static_cast<int>(options.threads);
  const bool lively = is_lively_terminal(2);
  Results results = gather_evidence(settings, options.histories, [&](const std::string& step) {
    if (lively) std::fputs(fmt::format("\r\033[K{} …", step).c_str(), stderr);
  });
  if (lively) std::fputs("\r\033[K", stderr);
  results.date = today();
  results.quick = options.quick;
  if (!options.output.empty()) {
    const std::filesystem::path folder = options.output;
    write_file(folder / "verdicts.md", markdown_of(results));
    write_file(folder / "verdicts.json", json_of(results));
    write_file(folder / "power.svg", svg_of(power_chart(results)));
    write_file(folder / "false-blocks.svg", svg_of(false_block_chart(results, "normal")));
    write_file(folder / "false-blocks-bursts.svg", svg_of(false_block_chart(results, "bursts and outliers")));
  }
  write_stdout(options.output.empty() ? markdown_of(results)
                                      : histories_text(results) + "\n\n" + target_table(results));
  for (const Target& target : results.targets)
    if (!target.met) return ExitCode::fail;
  return ExitCode::pass;
}

}  // namespace modelgate
