#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "gates/decision/decision.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/standard_input.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

const char* word_for(Status status) {
  switch (status) {
    case Status::pass:
      return "pass";
    case Status::fail:
      return "FAIL";
    case Status::inconclusive:
      return "CANNOT TELL";
    case Status::error:
      return "ERROR";
    case Status::not_compared:
      return "not compared";
  }
  return "ERROR";
}

const char* colour_for(Status status) {
  switch (status) {
    case Status::pass:
      return "\033[32m";
    case Status::inconclusive:
      return "\033[33m";
    case Status::not_compared:
      return "\033[2m";
    case Status::fail:
    case Status::error:
      break;
  }
  return "\033[31m";
}

std::string painted(Status status, bool lively) {
  return lively ? std::string(colour_for(status)) + word_for(status) + "\033[0m" : word_for(status);
}

constexpr std::size_t several = 3;

/// Warnings that several checks share, with how many do; each is told once.
std::map<std::string, std::size_t> shared_warnings(const Verdict& verdict) {
  std::map<std::string, std::size_t> counts;
  for (const Check& check : verdict.checks)
    for (const std::string& warning : check.warnings) ++counts[warning];
  std::erase_if(counts, [](const auto& entry) { return entry.second < several; });
  return counts;
}

/// A line for each check that does not simply pass, and a count of those that do.
std::string in_words(const Verdict& verdict, bool lively) {
  constexpr std::size_t most_lines = 50;
  std::string text;
  std::size_t passed = 0, told = 0, untold = 0;
  const std::map<std::string, std::size_t> shared = shared_warnings(verdict);
  const auto own = [&](const std::string& warning) { return !shared.contains(warning); };
  for (const Check& check : verdict.checks) {
    const bool plain = check.status == Status::pass && !check.improved && check.waiver.empty() &&
                       std::none_of(check.warnings.begin(), check.warnings.end(), own) &&
                       verdict.checks.size() > 10;
    if (plain) {
      ++passed;
      continue;
    }
    if (++told > most_lines) {
      ++untold;
      continue;
    }
    std::string slice;
    for (const auto& [field, value] : check.slice) slice += " [" + field + "=" + value + "]";
    const std::string gate = check.gate == verdict.gate ? "" : check.gate + ": ";
    text += "  " + painted(check.status, lively) + printable(slice) + "  " +
            printable(gate + check.sentence) + "\n";
    if (!check.waiver.empty()) text += "      waived: " + printable(check.waiver) + "\n";
    if (!check.needs.empty()) text += "      needs " + printable(check.needs) + "\n";
    for (const std::string& warning : check.warnings)
      if (own(warning)) text += "      note: " + printable(warning) + "\n";
  }
  if (untold > 0) text += "  … and " + std::to_string(untold) + " more; the verdict document has them all\n";
  if (passed > 0)
    text += "  " + painted(Status::pass, lively) + "  " + std::to_string(passed) + " more checks\n";
  for (const auto& [warning, checks] : shared)
    text += "  note, of " + std::to_string(checks) + " checks: " + printable(warning) + "\n";
  for (const std::string& warning : verdict.warnings) text += "  note: " + printable(warning) + "\n";
  return text;
}

}  // namespace

void GateOptions::declare(OptionSet& options, const std::string& kind, const std::string& file_help,
                          Need candidate_needed) {
  options.text("candidate", candidate, "FILE", "Of the candidate: " + file_help, candidate_needed);
  options.text("baseline", baseline, "FILE", "Of the baseline, likewise");
  options.flag("first-release", first_release, "There is no baseline: judge by absolute limits alone");
  options.text("output", output, "FILE",
               "Write the verdict here (default: stdout, unless that is a terminal)");
  options.flag("json", json, "Write the verdict to stdout even if that is a terminal");
  options.text("gate-name", gate_name, "NAME", "What the verdict calls this gate (default: " + kind + ")");
  options.number("alpha-fail", alpha_fail, 1e-6, 0.5, "RATE",
                 "False blocks that are accepted, over all checks (default: 0.05)");
  options.number("alpha-pass", alpha_pass, 1e-6, 0.5, "RATE",
                 "False passes that are accepted, for each check (default: 0.05)");
}

void GateOptions::check() const {
  if (baseline.empty() && !first_release)
    throw usage_error("--baseline", "is missing",
                      "Name the baseline's file; if there is no release yet, say --first-release.");
  if (!baseline.empty() && first_release)
    throw usage_error("--first-release", "cannot be given together with --baseline");
  if (is_standard_input(baseline) && is_standard_input(candidate))
    throw usage_error("--baseline", "cannot be standard input together with --candidate",
                      "Name a file for one of them instead of '-'.");
}

Verdict new_verdict(const GateOptions& options, const std::string& kind) {
  Verdict verdict;
  verdict.gate = options.gate_name.empty() ? kind : options.gate_name;
  verdict.gate_version = product_version();
  verdict.created = utc_now();
  verdict.first_release = options.first_release;
  verdict.alpha_fail = options.alpha_fail;
  verdict.alpha_pass = options.alpha_pass;
  return verdict;
}

ExitCode deliver(const Verdict& verdict, const GateOptions& options) {
  const std::string document = to_json(verdict);
  if (!options.output.empty()) write_file(options.output, document);
  if (options.json || (options.output.empty() && ::isatty(STDOUT_FILENO) != 1)) write_stdout(document);
  const bool lively = is_lively_terminal(STDERR_FILENO);
  const std::string text = printable(verdict.gate) + ": " + painted(verdict.status, lively) + ": " +
                           printable(verdict.sentence) + "\n" + in_words(verdict, lively);
  std::fputs(text.c_str(), stderr);
  return exit_code_of(verdict);
}

}  // namespace modelgate
