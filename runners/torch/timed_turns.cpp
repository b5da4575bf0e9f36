#include "runners/torch/timed_turns.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runners/torch/worker.h"

namespace modelgate {
namespace {

/// How many times of single calls a process may give, so that a document of all of them can be read: it may
/// hold 4 million values.
std::int64_t most_values(const TorchOptions& options, const std::vector<ProcessPlan>& plans) {
  constexpr std::int64_t in_document = 1'000'000, in_series = 1000;
  std::int64_t series = 0;
  for (const ProcessPlan& plan : plans) series += static_cast<std::int64_t>(plan.timed.size());
  return std::clamp<std::int64_t>(in_document / std::max<std::int64_t>(1, series * options.sampling.pairs), 3,
                                  in_series);
}

void add(ProcessRun& run, const std::string& name, const std::string& quantity, const std::string& unit,
         Better better, std::vector<double> values) {
  run.results.series.push_back(
      SampleSeries{name, quantity, unit, better, false, {{0, 0, std::move(values)}}});
}

void add_series(ProcessRun& run, const std::string& name, const TimedCalls& timed) {
  add(run, name, "latency", "s", Better::lower, timed.seconds);
  add(run, name, "throughput", "1/s", Better::higher, {timed.rows_per_second});
  if (!timed.host_seconds.empty()) add(run, name, "host_latency", "s", Better::lower, timed.host_seconds);
  if (!timed.cold_seconds.empty()) add(run, name, "cold_latency", "s", Better::lower, timed.cold_seconds);
}

void add_series(ProcessRun& run, const std::string& name, const ModelFacts& model) {
  const auto count = [](std::int64_t number) { return std::vector<double>{static_cast<double>(number)}; };
  add(run, name, "first_result", "s", Better::lower, {model.first_result_seconds});
  add(run, name, "load_time", "s", Better::lower, {model.load_seconds});
  add(run, name, "peak_memory", "bytes", Better::lower, count(model.peak_memory));
  if (model.peak_device_memory)
    add(run, name, "peak_device_memory", "bytes", Better::lower, count(*model.peak_device_memory));
  add(run, name, "model_size", "bytes", Better::lower, count(model.file_bytes));
  add(run, name, "parameters", "count", Better::unknown, count(model.parameters));
  add(run, name, "operators", "count", Better::unknown, count(model.operators));
}

Work work_of(const TorchOptions& options, const std::vector<ProcessPlan>& plans, const ProcessPlan& plan,
             const TimedSubject& subject, bool briefly) {
  Work work{"time",         subject.model,    subject.data,       subject.inputs,
            subject.report, plan.setup.dtype, plan.setup.threads, {"--mode=" + plan.setup.mode}};
  for (const std::string& shape : options.shapes) work.arguments.push_back("--shapes=" + shape);
  for (const CallShape& shape : plan.calls) work.arguments.push_back("--calls=" + text_of(shape));
  if (briefly) return work;
  for (const NamedCalls& calls : plan.timed) work.arguments.push_back("--timed=" + text_of(calls.shape));
  work.arguments.push_back("--warmup=" + std::to_string(options.warmup));
  work.arguments.push_back("--warmup-seconds=" + std::to_string(options.warmup_seconds));
  work.arguments.push_back("--min-time-seconds=" + std::to_string(options.min_time_seconds));
  work.arguments.push_back("--cold-calls=" + std::to_string(options.cold_calls));
  work.arguments.push_back("--most-values=" + std::to_string(most_values(options, plans)));
  return work;
}

}  // namespace

TimedTurns::TimedTurns(const TorchOptions& options, const std::vector<ProcessPlan>& plans,
                       TimedSubject subject, std::string& gpu_uuid)
    : options_(options), plans_(plans), subject_(std::move(subject)), gpu_uuid_(gpu_uuid) {}

ProcessRun TimedTurns::run(const ProcessPlan& plan, std::size_t padding_bytes) {
  return run(plan, false, padding_bytes);
}
ProcessRun TimedTurns::rehearse(const ProcessPlan& plan) { return run(plan, true, 0); }

ProcessRun TimedTurns::run(const ProcessPlan& plan, bool briefly, std::size_t padding_bytes) {
  const WorkerRun process =
      run_worker(options_, work_of(options_, plans_, plan, subject_, briefly), padding_bytes);
  const WorkerReport& report = process.report;
  ProcessRun run = run_of(process.outcome);
  run.is_parallel = plan.setup.threads > 1;
  run.notes = report.notes;
  run.problem = report.problem;
  if (!run.problem) expect_same_gpu(report, run);
  if (!run.problem && !briefly && report.timed.size() != plan.timed.size())
    run.problem =
        Problem{"bad_output", fmt::format("the model's process timed {} shapes of calls, and not {}",
                                          report.timed.size(), plan.timed.size())};
  if (run.problem) {
    run.problem->sentence = "measuring speed: " + run.problem->sentence;
    return run;
  }
  // Where answers were measured, the document knows already.
  for (const auto& [name, value] : report.environment) subject_.document->environment.emplace(name, value);
  if (briefly) return run;
  for (std::size_t i = 0; i < plan.timed.size(); ++i) add_series(run, plan.timed[i].name, report.timed[i]);
  if (plan.with_model) add_series(run, plan.model_name, report.model);
  remember(plan, report);
  return run;
}

void TimedTurns::expect_same_gpu(const WorkerReport& report, ProcessRun& run) {
  const auto uuid = report.environment.find("gpu_uuid");
  const std::string here = uuid == report.environment.end() ? "" : uuid->second;
  if (here.empty()) return;
  on_gpu_ = true;
  if (gpu_uuid_.empty()) gpu_uuid_ = here;
  // The digits alone: of a part, NVML says MIG-, and the CUDA driver GPU-.
  const auto digits = [](const std::string& text) { return text.substr(text.find('-') + 1); };
  if (digits(here) != digits(gpu_uuid_))
    run.problem = Problem{"failed", "the model computed on the GPU " + here + ", and not on " + gpu_uuid_};
}

void TimedTurns::remember(const ProcessPlan& plan, const WorkerReport& report) {
  flushed_bytes_ = report.flushed_bytes;
  for (std::size_t i = 0; i < plan.timed.size(); ++i) {
    const TimedCalls& timed = report.timed.at(i);
    least_warm_up_ = processes_ == 0 ? timed.warm_up_calls : std::min(least_warm_up_, timed.warm_up_calls);
    most_warm_up_ = std::max(most_warm_up_, timed.warm_up_calls);
    most_step_ = std::max(most_step_, timed.step);
    ++processes_;
    if (timed.was_steady) continue;
    ++unsteady_;
    unsteady_name_ = plan.timed[i].name;
  }
}

std::vector<std::string> TimedTurns::notes() const {
  std::vector<std::string> notes;
  if (processes_ == 0) return notes;
  notes.push_back(
      on_gpu_
          ? "latency: a call of forward with its inputs on the GPU until its outputs are there, by CUDA "
            "events on the default stream; host_latency: the same by the host's clock; throughput: by the "
            "host's clock, over all steady calls"
          : "latency: a call of forward until its outputs are there; throughput: over all steady calls");
  if (options_.warmup == 0)
    notes.push_back("calls were timed without any warm-up");
  else
    notes.push_back(fmt::format("before timing, {} to {} calls warmed up each process and shape until steady",
                                least_warm_up_, most_warm_up_));
  if (options_.warmup > 0 && unsteady_ > 0)
    notes.push_back(
        fmt::format("{} of {} warm-ups were ended after {:g} s before calls were steady, such as of {}; "
                    "a longer warmup_seconds would tell",
                    unsteady_, processes_, options_.warmup_seconds, unsteady_name_));
  if (most_step_ > 1)
    notes.push_back(fmt::format(
        "a process keeps the times of at most {} calls of a shape: of more up to one in {}, by its "
        "place in their order and not by its size",
        most_values(options_, plans_), most_step_));
  if (flushed_bytes_ > 0)
    notes.push_back(fmt::format(
        "cold_latency: single calls, each after {:.0f} MiB were written to push the rest "
        "out of the {}",
        static_cast<double>(flushed_bytes_) / (1 << 20), on_gpu_ ? "GPU's L2 cache" : "processor's caches"));
  if (std::any_of(plans_.begin(), plans_.end(), [](const ProcessPlan& p) { return p.setup.mode == "eager"; }))
    notes.push_back(
        "mode=eager: the graph as it was saved, its operators called one after another by LibTorch's "
        "interpreter; mode=frozen: weights folded into the graph, LibTorch's optimiser on");
  return notes;
}

}  // namespace modelgate
