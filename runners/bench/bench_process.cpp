#include "runners/bench/bench_process.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

#include "runners/gpu/device_memory.h"
#include "runners/process/process.h"
#include "schemas/formats/google_benchmark.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

// Enough to load and touch everything, short enough not to matter.
constexpr double brief_seconds = 0.01;

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  if (end == std::string::npos) return "";
  const std::size_t newline = text.find_last_of('\n', end);
  const std::size_t begin = newline == std::string::npos ? 0 : newline + 1;
  return text.substr(begin, end + 1 - begin).substr(0, 300);
}

Problem problem_of(const ProcessOutcome& outcome) {
  const std::string code = outcome.ending == Ending::exited      ? "failed"
                           : outcome.ending == Ending::signalled ? "crashed"
                                                                 : name_of(outcome.ending);
  const std::string said = last_line(outcome.err.text);
  return {code, "the benchmark program " + outcome.sentence() + (said.empty() ? "" : ": " + said)};
}

/// What the head of the results says of how far they can be trusted.
std::vector<std::string> warnings_in(const Node& document) {
  std::vector<std::string> notes;
  Fields fields(document);
  const auto context = fields.optional("context");
  if (!context || !context->is_object()) return notes;
  Fields head(*context);
  if (head.text_or("library_build_type", "") == "debug")
    notes.push_back(
        "the Google Benchmark library was built for debugging, so its own part of the times is larger");
  const auto scaling = head.optional("cpu_scaling_enabled");
  if (scaling && scaling->is_boolean() && scaling->boolean())
    notes.push_back("the processor changes its clock as it likes (CPU scaling is on), which adds noise");
  return notes;
}

/// Reads the file that the program wrote.
void read_results(const fs::path& file, const ProcessOutcome& outcome, ProcessRun& run) {
  std::error_code failure;
  if (!fs::exists(file, failure) || fs::is_empty(file, failure)) {
    const std::string said = last_line(outcome.err.text);
    run.problem = {"bad_output", "the benchmark program wrote no results: " +
                                     (said.empty() ? "is it a Google Benchmark program?" : said)};
    return;
  }
  try {
    const Node document = read_document(file);
    run.results = google_benchmark_from(document);
    run.notes = warnings_in(document);
  } catch (const Error& error) {
    run.problem = {"bad_output", "the results of the benchmark program cannot be read: " + error.message()};
    return;
  }
  if (run.results.series.empty() && run.results.problems.empty())
    run.problem = {"bad_output", "the benchmark program ran no benchmark"};
}

/// Which benchmarks to run, as a regular expression; empty: all.
std::string filter_of(const BenchOptions& options) {
  // What one word of a command line may hold, with room to spare. Beyond it all are measured, and what is not
  // asked for is left out.
  constexpr std::size_t most_bytes = 100'000;
  std::string names;
  for (const std::string& name : options.sampling.benchmarks) {
    names += names.empty() ? "^(" : "|";
    for (const char c : name)
      (std::string_view(".[]{}()*+?^$|\\").find(c) != std::string_view::npos ? names += '\\' : names) += c;
  }
  return names.empty() || names.size() > most_bytes ? options.filter : names + ")$";
}

}  // namespace

BenchProgram::BenchProgram(const BenchOptions& options, const MeasuredSubject& subject, fs::path scratch,
                           GpuWatch* watch)
    : options_(options),
      program_(expand(options.program, subject)),
      arguments_(expand(options.arguments, subject)),
      scratch_(std::move(scratch)),
      watch_(watch) {}

BenchmarkList BenchProgram::list() const {
  BenchmarkList list;
  ProcessSpec spec = spec_of(0);
  spec.argv.push_back("--benchmark_list_tests=true");
  if (!options_.filter.empty()) spec.argv.push_back("--benchmark_filter=" + options_.filter);
  spec.argv.insert(spec.argv.end(), arguments_.begin(), arguments_.end());
  spec.on_stdout_line = [&](std::string_view line) {
    if (!line.empty()) list.names.emplace_back(line);
  };
  const ProcessOutcome outcome = run_process(std::move(spec));
  if (!outcome.succeeded())
    list.problem = problem_of(outcome);
  else if (list.names.empty())
    list.problem = Problem{"bad_output", "the benchmark program lists no benchmark"};
  return list;
}

ProcessSpec BenchProgram::spec_of(std::size_t padding_bytes) const {
  ProcessSpec spec;
  spec.argv = {program_};
  spec.environment = options_.runner.environment_map();
  show_only(watch_, spec.environment);
  spec.environment["MODELGATE_PADDING"] = std::string(padding_bytes, '.');
  spec.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(options_.runner.timeout_seconds * 1000));
  spec.memory_limit_bytes = options_.runner.memory_limit_mib << 20;
  spec.cpu_seconds_limit = options_.runner.cpu_limit_seconds;
  return spec;
}

ProcessRun BenchProgram::run(std::size_t padding_bytes) const {
  ProcessRun result = run(options_.min_time_seconds, options_.repetitions, padding_bytes);
  add_device_memory(watch_, whole_program, result);
  return result;
}

ProcessRun BenchProgram::run_briefly() const {
  const double wanted = options_.min_time_seconds;
  return run(wanted > 0 ? std::min(wanted, brief_seconds) : brief_seconds, 1, 0);
}

ProcessRun BenchProgram::run(double min_time_seconds, std::int64_t repetitions,
                             std::size_t padding_bytes) const {
  const fs::path file = scratch_ / "results.json";
  ProcessSpec spec = spec_of(padding_bytes);
  for (const std::string& word :
       {"--benchmark_out=" + file.string(), std::string("--benchmark_out_format=json"),
        std::string("--benchmark_color=false"), std::string("--benchmark_report_aggregates_only=false"),
        std::string("--benchmark_display_aggregates_only=false")})
    spec.argv.push_back(word);
  if (const std::string filter = filter_of(options_); !filter.empty())
    spec.argv.push_back("--benchmark_filter=" + filter);
  if (min_time_seconds > 0) {
    char text[64];
    std::snprintf(text, sizeof text, "%.17g", min_time_seconds);
    spec.argv.push_back(std::string("--benchmark_min_time=") + text);
  }
  spec.argv.push_back("--benchmark_repetitions=" + std::to_string(repetitions));
  spec.argv.insert(spec.argv.end(), arguments_.begin(), arguments_.end());
  const ProcessOutcome outcome = run_process(std::move(spec));

  ProcessRun run = run_of(outcome);
  if (outcome.succeeded())
    read_results(file, outcome, run);
  else
    run.problem = problem_of(outcome);
  std::error_code ignored;
  fs::remove(file, ignored);
  for (const Series& series : run.results.series)
    if (const auto* samples = std::get_if<SampleSeries>(&series))
      run.is_parallel = run.is_parallel || samples->name.find("/threads:") != std::string::npos;
  return run;
}

void check_bench_arguments(const std::vector<std::string>& arguments) {
  static const std::map<std::string, std::string> refused = {{"filter", "Use --filter."},
                                                             {"min_time", "Use --min-time-seconds."},
                                                             {"repetitions", "Use --repetitions."},
                                                             {"list_tests", ""},
                                                             {"dry_run", ""},
                                                             {"format", ""},
                                                             {"out", ""},
                                                             {"out_format", ""},
                                                             {"report_aggregates_only", ""},
                                                             {"display_aggregates_only", ""}};
  constexpr std::string_view prefix = "--benchmark_";
  for (const std::string& argument : arguments) {
    if (!argument.starts_with(prefix)) continue;
    const auto found = refused.find(argument.substr(prefix.size(), argument.find('=') - prefix.size()));
    if (found != refused.end())
      throw usage_error("--argument", argument + " is for this runner to decide", found->second);
  }
}

}  // namespace modelgate
