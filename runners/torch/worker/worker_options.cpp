#include "runners/torch/worker/worker_options.h"

#include <functional>
#include <limits>

#include "runners/torch/failure_words.h"
#include "runners/torch/numbers_of_options.h"
#include "runners/torch/worker/model_failure.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

void declare_model(ModelSettings& model, std::string& report, OptionSet& options) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  options.text("model", model.model, "FILE", "TorchScript file", Need::required);
  options.text("data", model.data, "FILE", "safetensors file with the inputs", Need::required);
  options.list("inputs", model.inputs, "NAME", "A tensor of it, in the order of forward's arguments",
               Need::required);
  options.choice("device", model.device, {"cpu", "cuda", "auto"}, "Where to compute");
  options.choice("dtype", model.dtype, {"float32", "bfloat16", "float16", "float64"}, "In which dtype");
  options.integer("threads", model.threads, 1, 4096, "N", "Threads of an operator");
  options.integer("seed", model.seed, 0, most, "N", "Of LibTorch's random numbers");
  options.text("report", report, "FILE", "Where to write what was seen", Need::required);
}

/// Whatever the model's code and LibTorch throw is a problem of the model.
ExitCode report_of(const std::string& path, const std::function<void(WorkerReport&)>& measure) {
  WorkerReport report;
  try {
    measure(report);
  } catch (const Error&) {
    throw;
  } catch (const ModelFailure& failure) {
    report.problem = Problem{failure.code(), failure.what()};
  } catch (const std::exception& error) {
    report.problem = Problem{failure_code(error.what()), "the model failed: " + failure_words(error.what())};
  }
  write_report(report, path);
  return report.problem ? ExitCode::error : ExitCode::pass;
}

}  // namespace

void WorkerOptions::declare_answer(OptionSet& options) {
  declare_model(model, report, options);
  options.integer("batch-size", batch_size, 1, most_batch_size, "N", "Rows of a call");
  options.text("outputs", outputs, "FILE", "Where to write the outputs, as safetensors", Need::required);
}

void WorkerOptions::declare_time(OptionSet& options) {
  declare_model(model, report, options);
  options.list("batch-sizes", batch_sizes, "N", "Rows of a call", Need::required);
  options.integer("warmup", timing.warmup, 0, 1000000, "N", "Calls that are not counted");
  options.number("min-time-seconds", timing.min_time_seconds, 0, 3600, "S",
                 "Time to measure for, per batch size");
}

ExitCode work_on_answers(const WorkerOptions& options) {
  return report_of(options.report, [&](WorkerReport& report) {
    answer(options.model, options.batch_size, options.outputs, report);
  });
}

ExitCode work_on_time(WorkerOptions options) {
  options.timing.batch_sizes = batch_sizes_from(options.batch_sizes);
  return report_of(options.report,
                   [&](WorkerReport& report) { time_calls(options.model, options.timing, report); });
}

}  // namespace modelgate
