#include "runners/exec/exec.h"

#include <chrono>
#include <optional>

#include "runners/exec/rows.h"
#include "runners/process/process.h"
#include "schemas/documents/manifest.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

std::string problem_code(const ProcessOutcome& outcome) {
  switch (outcome.ending) {
    case Ending::exited:
      return "failed";
    case Ending::signalled:
      return "crashed";
    default:
      return name_of(outcome.ending);
  }
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  if (end == std::string::npos) return "";
  const std::size_t before = text.find_last_of('\n', end);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  constexpr std::size_t enough = 300;
  return printable(text.substr(begin, std::min(end - begin + 1, enough)));
}

ProcessOutcome run_command(const ExecOptions& options, const MeasuredSubject& subject, const fs::path& input,
                           const fs::path& folder) {
  ProcessSpec spec;
  spec.argv = expand(options.command, subject);
  spec.environment = options.runner.environment_map();
  spec.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(options.runner.timeout_seconds * 1000));
  spec.memory_limit_bytes = options.runner.memory_limit_mib << 20;
  spec.cpu_seconds_limit = options.runner.cpu_limit_seconds;
  spec.stdin_file = input;
  spec.stdout_file = folder / "answers.jsonl";
  spec.stderr_file = folder / "stderr.log";
  return run_process(spec);
}

Measurements measure(const ExecOptions& options, const MeasuredSubject& subject) {
  Measurements measurements = new_measurements("exec", subject.subject);
  const std::string role = name_of(subject.subject.role);
  const fs::path folder = fs::path(options.runner.output) / role;
  const fs::path input_file = expand(options.input, subject);
  const InputRows input(input_file);  // what is wrong with it is the person's error, not the model's
  const ProcessOutcome outcome = run_command(options, subject, input_file, folder);
  if (!outcome.succeeded()) {
    const std::string words = last_line(outcome.err.text);
    measurements.problems.push_back(
        {problem_code(outcome),
         "the command " + outcome.sentence() + (words.empty() ? "" : ", its last words: " + words)});
  }
  if (outcome.err.cut)
    measurements.notes.push_back("the command wrote " + std::to_string(outcome.err.bytes) +
                                 " bytes to stderr, of which the middle was not looked at; all is in " +
                                 role + "/stderr.log");
  if (outcome.ending == Ending::not_started || outcome.ending == Ending::interrupted) return measurements;

  const fs::path records = folder / "records.jsonl";
  const Answers answers = write_records(input, folder / "answers.jsonl", records);
  for (const std::string& problem : answers.problems)
    measurements.problems.push_back({"bad_output", problem});
  if (answers.missing > 0)
    measurements.notes.push_back(std::to_string(answers.missing) + " of " + std::to_string(answers.rows) +
                                 " rows were not answered");
  measurements.series.push_back(RecordSeries{"answers", role + "/records.jsonl", digest_of_file(records),
                                             answers.rows, answers.errors});
  return measurements;
}

}  // namespace

void ExecOptions::declare(OptionSet& options) {
  runner.declare(options);
  options.list("command", command, "WORD",
               "A word of the command, in order; {subject} is the measured folder", Need::required);
  options.text("input", input, "FILE", "JSONL that the command reads on stdin; every row has an id",
               Need::required);
}

ExitCode run_exec(const ExecOptions& options) {
  watch_interrupts();
  const std::vector<MeasuredSubject> subjects = options.runner.subjects();
  options.runner.environment_map();  // what is wrong with it shall be said before anything is removed
  remove_old_measurements(options.runner.output);
  bool troubled = false;
  for (const MeasuredSubject& subject : subjects) {
    const Measurements measurements = measure(options, subject);
    write_measurements(measurements, options.runner.output);
    troubled = say_problems(measurements) || troubled;
  }
  return troubled ? ExitCode::error : ExitCode::pass;
}

}  // namespace modelgate
