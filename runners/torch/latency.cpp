#include "runners/torch/latency.h"

#include <algorithm>

#include "runners/torch/numbers_of_options.h"
#include "runners/torch/worker.h"

namespace modelgate {
namespace {

std::string name_of_batch(std::int64_t size) { return "latency batch=" + std::to_string(size); }

/// Those that are measured now.
std::vector<std::int64_t> batch_sizes(const TorchOptions& options) {
  std::vector<std::int64_t> sizes =
      options.batch_sizes.empty() ? std::vector<std::int64_t>{1, 32} : batch_sizes_from(options.batch_sizes);
  const std::vector<std::string>& wanted = options.sampling.benchmarks;
  if (!wanted.empty())
    std::erase_if(sizes, [&](std::int64_t size) {
      return std::find(wanted.begin(), wanted.end(), name_of_batch(size)) == wanted.end();
    });
  return sizes;
}

Work timing_work(const TorchOptions& options, const TimedSubject& subject) {
  Work work{subject.model, subject.data, subject.inputs, subject.report, {"time"}};
  for (const std::int64_t size : batch_sizes(options))
    work.arguments.push_back("--batch-sizes=" + std::to_string(size));
  work.arguments.push_back("--warmup=" + std::to_string(options.warmup));
  work.arguments.push_back("--min-time-seconds=" + std::to_string(options.min_time_seconds));
  return work;
}

/// What a process tells of the model, as series.
ProcessRun time_model(const TorchOptions& options, const TimedSubject& subject, std::size_t padding_bytes) {
  Work work = timing_work(options, subject);
  work.padding_bytes = padding_bytes;
  const WorkerReport report = run_worker(options, work);
  ProcessRun run;
  run.problem = report.problem;
  if (run.problem) run.problem->sentence = "measuring latency: " + run.problem->sentence;
  run.is_parallel = options.threads > 1;
  run.wall_seconds = report.wall_seconds;
  run.delayed_seconds = report.delayed_seconds;
  for (const TimedCalls& timed : report.timed)
    run.results.series.push_back(SampleSeries{
        name_of_batch(timed.batch_size), "latency", "s", Better::lower, false, {{0, 0, timed.seconds}}});
  return run;
}

}  // namespace

void measure_latency(const TorchOptions& options, const PairStretch& stretch,
                     const std::vector<TimedSubject>& subjects) {
  for (const TimedSubject& subject : subjects)
    subject.document->notes.push_back(
        "latency: a call of forward with its inputs on the device until its outputs are there");
  PairedSettings settings;
  settings.stretch = stretch;
  settings.seed = static_cast<std::uint64_t>(options.seed);
  settings.disturbances = options.sampling.disturbances();
  std::vector<PairedSide> sides;
  for (const TimedSubject& subject : subjects)
    sides.push_back({[&] { return time_model(options, subject, 0); },
                     [&](std::size_t padding_bytes) { return time_model(options, subject, padding_bytes); },
                     subject.document});
  measure_pairs(settings, sides);
}

}  // namespace modelgate
