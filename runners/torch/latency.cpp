#include "runners/torch/latency.h"

#include "runners/recording/interleaving.h"
#include "runners/recording/pair_processor.h"
#include "runners/torch/numbers_of_options.h"
#include "runners/torch/worker.h"

namespace modelgate {
namespace {

std::vector<std::int64_t> batch_sizes(const TorchOptions& options) {
  return options.batch_sizes.empty() ? std::vector<std::int64_t>{1, 32}
                                     : batch_sizes_from(options.batch_sizes);
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

std::string note_on_procedure(const TorchOptions& options, bool paired) {
  return "latency: a call of forward with its inputs on the device until its outputs are there, in " +
         std::to_string(options.pairs) +
         (paired ? " pairs of processes of baseline and candidate in random order"
                 : " processes of the candidate alone") +
         " (seed " + std::to_string(options.seed) + "), after one of each that did not count" +
         (options.threads == 1 ? "; the processes of a pair ran on one processor, pairs on each in turn"
                               : "");
}

}  // namespace

void measure_latency(const TorchOptions& options, const std::vector<TimedSubject>& subjects) {
  WorkerReport report;
  for (std::size_t i = 0; i < subjects.size(); ++i)
    if (!run_turn(options, subjects, i, "the process before the first pair", report)) return;
  for (const TimedSubject& subject : subjects)
    subject.document->notes.push_back(note_on_procedure(options, subjects.size() == 2));

  std::vector<std::vector<SampleSeries>> series(subjects.size());
  for (auto& of_subject : series)
    for (const std::int64_t size : batch_sizes(options))
      of_subject.push_back(
          {"latency batch=" + std::to_string(size), "latency", "s", Better::lower, subjects.size() == 2, {}});
  std::int64_t position = 0;
  PairProcessor processor;
  for (const Turn& turn : turns(options.pairs, subjects.size(), static_cast<std::uint64_t>(options.seed))) {
    if (options.threads == 1) processor.bind(turn.pair);
    if (!run_turn(options, subjects, turn.subject, "pair " + std::to_string(turn.pair + 1), report)) break;
    for (std::size_t i = 0; i < report.timed.size(); ++i)
      series[turn.subject].at(i).processes.push_back({turn.pair, position, report.timed[i].seconds});
    ++position;
  }
  for (std::size_t i = 0; i < subjects.size(); ++i)
    for (SampleSeries& samples : series[i]) subjects[i].document->series.push_back(std::move(samples));
}

}  // namespace modelgate
