#include "runners/torch/latency.h"

#include <algorithm>

#include "runners/recording/interleaving.h"
#include "runners/recording/pair_processor.h"
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

/// Runs one process. False if it failed, which ends the measuring and is said in the documents.
bool run_turn(const TorchOptions& options, const std::vector<TimedSubject>& subjects, std::size_t index,
              const std::string& which, WorkerReport& report) {
  report = run_worker(options, timing_work(options, subjects[index]));
  if (!report.problem) return true;
  subjects[index].document->problems.push_back(
      {report.problem->code, "measuring latency, " + which + ": " + report.problem->sentence});
  for (const TimedSubject& subject : subjects)
    subject.document->notes.push_back("the measuring of latency ended with " + which);
  return false;
}

std::string note_on_procedure(const TorchOptions& options, const LatencyStretch& stretch, bool paired) {
  return "latency: a call of forward with its inputs on the device until its outputs are there, in " +
         std::to_string(stretch.end_pair - stretch.first_pair) + (stretch.first_pair == 0 ? "" : " more") +
         (paired ? " pairs of processes of baseline and candidate in random order"
                 : " processes of the candidate alone") +
         " (seed " + std::to_string(options.seed) + "), after one of each that did not count" +
         (options.threads == 1 ? "; the processes of a pair ran on one processor, pairs on each in turn"
                               : "");
}

}  // namespace

void measure_latency(const TorchOptions& options, const LatencyStretch& stretch,
                     const std::vector<TimedSubject>& subjects) {
  WorkerReport report;
  for (std::size_t i = 0; i < subjects.size(); ++i)
    if (!run_turn(options, subjects, i, "the process before the first pair", report)) return;
  for (const TimedSubject& subject : subjects)
    subject.document->notes.push_back(note_on_procedure(options, stretch, subjects.size() == 2));

  std::vector<std::vector<SampleSeries>> series(subjects.size());
  for (auto& of_subject : series)
    for (const std::int64_t size : batch_sizes(options))
      of_subject.push_back({name_of_batch(size), "latency", "s", Better::lower, subjects.size() == 2, {}});
  std::int64_t position = stretch.first_position;
  PairProcessor processor;
  // Each stretch draws an order of its own.
  const std::uint64_t seed =
      static_cast<std::uint64_t>(options.seed) + static_cast<std::uint64_t>(stretch.first_pair);
  for (const Turn& turn : turns(stretch.end_pair - stretch.first_pair, subjects.size(), seed)) {
    const std::int64_t pair = stretch.first_pair + turn.pair;
    if (options.threads == 1) processor.bind(pair);
    if (!run_turn(options, subjects, turn.subject, "pair " + std::to_string(pair + 1), report)) break;
    for (std::size_t i = 0; i < report.timed.size(); ++i)
      series[turn.subject].at(i).processes.push_back({pair, position, report.timed[i].seconds});
    ++position;
  }
  for (std::size_t i = 0; i < subjects.size(); ++i)
    for (SampleSeries& samples : series[i]) subjects[i].document->series.push_back(std::move(samples));
}

}  // namespace modelgate
