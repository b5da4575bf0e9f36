#include "runners/plan/concluding.h"

#include <algorithm>
#include <cstdio>

#include "runners/plan/programs.h"
#include "schemas/documents/status_code.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

std::string in_one_line(const std::string& text) {
  std::string line = text;
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

/// The table goes straight to our stdout, so that it knows the terminal's width and colours.
void show_table(const Undertaking& all) {
  ProcessSpec table;
  table.argv = {require_program("modelgate-report-terminal").string(), all.results.verdict().string()};
  table.inherit_streams = true;
  table.environment = terminal_environment();
  const ProcessOutcome outcome = run_process(table);
  if (!outcome.succeeded())
    std::fprintf(stderr, "the table could not be shown: modelgate-report-terminal %s\n",
                 outcome.sentence().c_str());
  std::error_code ignored;
  fs::path root = all.results.root.lexically_proximate(fs::current_path(ignored));
  if (*root.begin() == "..") root = all.results.root;
  std::fprintf(
      stderr,
      "\nWritten: %s/{verdict.json, junit.xml, summary.md}, with measurements/ and logs/ beside them.\n",
      printable(root.string()).c_str());
}

}  // namespace

void require_success(const Step& step, const ProcessOutcome& outcome, const std::string& hint) {
  if (outcome.succeeded()) return;
  const std::string words = in_one_line(Conductor::last_words(outcome));
  // What the step has said of it already need not be said twice.
  const bool is_hinted = words.find("--first-release") != std::string::npos;
  throw infrastructure_error(
      "", step.words + " failed: " + (words.empty() ? step.program + " " + outcome.sentence() : words),
      is_hinted ? "" : hint);
}

void write_reports(const ResultsFolder& results, Conductor& conductor) {
  const std::vector<Step> steps = report_steps(results);
  const auto outcomes = conductor.run_together(steps);
  for (std::size_t i = 0; i < steps.size(); ++i) require_success(steps[i], outcomes[i]);
}

void conclude_as_error(const Undertaking& all, Conductor& conductor, const std::exception& problem,
                       bool reports_say_so) {
  std::string why = problem.what();
  why.erase(std::min(why.find('\n'), why.size()));  // without the hint
  write_file(all.results.verdict(), to_json(unfinished_verdict(all.plan, all.comparison.candidate, why)));
  std::error_code ignored;
  fs::remove_all(all.results.baseline(), ignored);
  fs::remove(all.results.job(), ignored);
  try {
    if (!interrupted()) return write_reports(all.results, conductor);
  } catch (const Error& other) {
    print_error("modelgate", other);
  }
  if (reports_say_so) return;
  // Rather none than those of a verdict that does not stand.
  for (const fs::path& report : {all.results.junit(), all.results.summary()}) fs::remove(report, ignored);
}

ExitCode deliver_verdict(const Undertaking& all, const Verdict& verdict, Conductor& conductor) {
  write_reports(all.results, conductor);
  std::error_code ignored;
  fs::remove_all(all.results.baseline(), ignored);
  if (all.options.json) write_stdout(read_file(all.results.verdict()));
  const ExitCode code = exit_code_of(verdict);
  if (all.options.brief && code == ExitCode::pass)
    std::fprintf(stderr, "modelgate: %s\n", printable(verdict.sentence).c_str());
  else if (!all.options.json && !all.options.quiet)
    show_table(all);
  // The exit code says pass, and somebody shall see that it is none.
  if (only_warns(verdict)) std::fprintf(stderr, "warning: %s\n", printable(verdict.sentence).c_str());
  return code;
}

}  // namespace modelgate
