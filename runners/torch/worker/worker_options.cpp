#include "runners/torch/worker/worker_options.h"

#include <functional>
#include <limits>

#include "runners/torch/dtype_names.h"
#include "runners/torch/failure_words.h"
#include "runners/torch/numbers_of_options.h"
#include "runners/torch/worker/compute_device.h"
#include "runners/torch/worker/model_failure.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

void declare_place(ModelSettings& model, std::string& report, OptionSet& options) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  options.text("device", model.device, "DEVICE", "Where to compute");
  options.integer("threads", model.threads, 1, most_threads, "N", "Threads of an operator");
  options.integer("seed", model.seed, 0, most, "N", "Of LibTorch's random numbers");
  options.text("report", report, "FILE", "Where to write what was seen", Need::required);
}

void declare_model(ModelSettings& model, std::string& report, Need data, OptionSet& options) {
  options.text("model", model.model, "FILE", "TorchScript file", Need::required);
  options.text("data", model.data, "FILE", "safetensors file with the inputs", data);
  options.list("inputs", model.inputs, "NAME", "A tensor of it, in the order of forward's arguments", data);
  options.choice("dtype", model.dtype, model_dtypes(), "In which dtype");
  declare_place(model, report, options);
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
  declare_model(model, report, Need::required, options);
  options.integer("batch-size", batch_size, 1, most_batch_size, "N", "Rows of a call");
  options.text("outputs", outputs, "FILE", "Where to write the outputs, as safetensors", Need::required);
}

void WorkerOptions::declare_time(OptionSet& options) {
  declare_model(model, report, Need::optional, options);
  options.list("shapes", shapes, "INPUT", "Instead of data: an input as NAME: DTYPE[DIMENSIONS] LOW..HIGH");
  options.choice("mode", model.mode, {"frozen", "eager"}, "How the model is run");
  options.list("calls", calls, "SHAPE", "BATCH or BATCHxLENGTH of calls that are made", Need::required);
  options.list("timed", timed, "SHAPE", "Those of them that are timed");
  options.integer("warmup", timing.warm_up.least_calls, 0, 1000000, "N", "Calls before timing, at least");
  options.number("warmup-seconds", timing.warm_up.most_seconds, 0, 3600, "S",
                 "How long to wait for the calls to become steady");
  options.number("min-time-seconds", timing.min_time_seconds, 0, 3600, "S", "Time to measure for, per shape");
  options.integer("cold-calls", timing.cold_calls, 0, 100000, "N",
                  "Calls with the caches flushed, per shape");
  options.integer("most-values", timing.most_values, 3, 1000000, "N", "How many times are kept, per shape");
}

void WorkerOptions::declare_device(OptionSet& options) { declare_place(model, report, options); }

ExitCode work_on_answers(const WorkerOptions& options) {
  return report_of(options.report, [&](WorkerReport& report) {
    answer(options.model, options.batch_size, options.outputs, report);
  });
}

ExitCode work_on_device(const WorkerOptions& options) {
  return report_of(options.report, [&](WorkerReport& report) {
    const ComputeDevice device(options.model.device, report.notes);
    report.environment = device.environment();
  });
}

ExitCode work_on_time(WorkerOptions options) {
  for (const std::string& text : options.calls)
    options.timing.calls.push_back(call_shape_from("--calls", text));
  for (const std::string& text : options.timed)
    options.timing.timed.push_back(call_shape_from("--timed", text));
  const bool with_lengths = options.timing.calls.front().length.has_value();
  options.model.declared = declared_inputs_from(options.shapes, with_lengths);
  if (options.model.declared.empty() == options.model.data.empty())
    throw usage_error("", "the inputs are given by --data or by --shapes");
  return report_of(options.report,
                   [&](WorkerReport& report) { time_calls(options.model, options.timing, report); });
}

}  // namespace modelgate
