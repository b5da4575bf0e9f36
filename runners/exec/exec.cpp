#include "runners/exec/exec.h"

#include <chrono>
#include <optional>

#include "runners/exec/command_bench.h"
#include "runners/exec/earlier_rows.h"
#include "runners/exec/exec_task.h"
#include "runners/exec/rows.h"
#include "runners/process/process.h"
#include "schemas/documents/manifest.h"
#include "schemas/tool/error.h"
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

ProcessOutcome run_command(const ExecOptions& options, const ExecTask& task) {
  ProcessSpec spec;
  spec.argv = task.command;
  spec.environment = options.runner.environment_map();
  spec.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(options.runner.timeout_seconds * 1000));
  spec.memory_limit_bytes = options.runner.memory_limit_mib << 20;
  spec.cpu_seconds_limit = options.runner.cpu_limit_seconds;
  spec.stdin_file = task.stdin_file();
  spec.stdout_file = task.file("answers", ".jsonl");
  spec.stderr_file = task.file("stderr", ".log");
  return run_process(spec);
}

/// Writes the records of all rows so far; the series is of those that were measured now.
void record_answers(const ExecOptions& options, const ExecTask& task,
                    const std::optional<EarlierRows>& earlier, Measurements& measurements) {
  const fs::path path = task.folder / "records.jsonl";
  RowWriter records(path);
  if (earlier) earlier->copy_records(task.subject.subject.role, records);
  const Answers answers =
      write_records(task.asked->input(), task.rows(), task.file("answers", ".jsonl"), records);
  records.finish();
  for (const std::string& problem : answers.problems)
    measurements.problems.push_back({"bad_output", problem});
  if (answers.missing > 0)
    measurements.notes.push_back(std::to_string(answers.missing) + " of " + std::to_string(answers.rows) +
                                 " rows were not answered" +
                                 (task.stretch ? " (" + task.stretch->text() + ")" : ""));
  RecordSeries series{"answers", task.role + "/records.jsonl", digest_of_file(path), answers.rows,
                      answers.errors};
  if (task.stretch) {
    series.looks = options.looks.numbers();
    series.seed = task.stretch->seed;
  }
  // What is made for each subject anew may differ, and is no other test set for that.
  if (options.input.find('{') == std::string::npos) series.test_set = digest_of_file(task.input_file);
  measurements.series.push_back(series);
}

Measurements measure(const ExecOptions& options, const ExecTask& task,
                     const std::optional<EarlierRows>& earlier) {
  Measurements measurements = new_measurements("exec", task.subject.subject);
  if (task.stretch)
    // The same in every stretch, so that it is told once.
    measurements.notes.push_back("rows in random order (seed " + std::to_string(task.stretch->seed) +
                                 "), of " + std::to_string(task.asked->input().lines().size()) +
                                 " in the input");
  const ProcessOutcome outcome = run_command(options, task);
  if (!outcome.succeeded()) {
    const std::string words = last_line(outcome.err.text);
    measurements.problems.push_back(
        {problem_code(outcome),
         "the command " + outcome.sentence() + (words.empty() ? "" : ", its last words: " + words)});
  }
  if (outcome.err.cut)
    measurements.notes.push_back("the command wrote " + std::to_string(outcome.err.bytes) +
                                 " bytes to stderr, of which the middle was not looked at; all is in " +
                                 task.role + "/" + task.file("stderr", ".log").filename().string());
  if (outcome.ending != Ending::not_started && outcome.ending != Ending::interrupted)
    record_answers(options, task, earlier, measurements);
  return measurements;
}

}  // namespace

void ExecOptions::declare(OptionSet& options) {
  runner.declare(options);
  options.list("command", command, "WORD",
               "A word of the command, in order; {subject} is the measured folder", Need::required);
  options.text("input", input, "FILE",
               "JSONL that the command reads on stdin; every row has an id (only --bench cold does without)");
  looks.declare(options);
  options.choice("bench", bench.mode, {"cold", "warm"},
                 "Measure speed instead of answers: of whole processes, or of one row after the other in a "
                 "process that runs");
  options.integer("bench-rows", bench.rows, 1, 1'000'000, "N", "Rows of the input that a process is given");
  bench.sampling.declare_pairs(options, 0);
  bench.gpu.declare(options);
}

ExitCode run_exec(const ExecOptions& options) {
  watch_interrupts();
  if (!options.bench.mode.empty()) return bench_command(options);
  if (options.bench.sampling.pairs != 0 || !options.bench.sampling.benchmarks.empty())
    throw usage_error(options.bench.sampling.pairs != 0 ? "--pairs" : "--benchmark",
                      "can only be given with --bench", "Say --bench cold or --bench warm to measure speed.");
  if (options.bench.gpu.are_given())
    throw usage_error("--gpu", "can only be given with --bench",
                      "Say --bench cold or --bench warm to measure speed.");
  if (options.input.empty())
    throw usage_error("--input", "is missing", "Name the JSONL file whose rows the command answers.");
  const std::vector<MeasuredSubject> subjects = options.runner.subjects();
  options.runner.environment_map();  // what is wrong with it shall be said before anything is removed
  options.looks.end();               // likewise
  std::optional<EarlierRows> earlier;
  if (options.looks.add)
    earlier.emplace(options.runner.output, subjects, options.looks);
  else
    remove_old_measurements(options.runner.output);
  const std::vector<ExecTask> tasks = tasks_of(options, subjects, stretch_of(options.looks, earlier));
  if (earlier) {
    for (const ExecTask& task : tasks) earlier->require_beginning_of(*task.asked, task.subject.subject.role);
    earlier->mark_unfinished();
  }
  bool troubled = false;
  for (const ExecTask& task : tasks) {
    Measurements measurements = measure(options, task, earlier);
    if (earlier) measurements = earlier->joined(measurements);
    write_measurements(measurements, options.runner.output);
    troubled = say_problems(measurements) || troubled;
  }
  return troubled ? ExitCode::error : ExitCode::pass;
}

}  // namespace modelgate
