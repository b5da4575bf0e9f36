#include "runners/torch/configurations.h"

#include <algorithm>
#include <optional>

#include "runners/torch/dtype_names.h"
#include "runners/torch/numbers_of_options.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::size_t most_configurations = 256;

void expect_once(const std::string& option, const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (std::find(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(i), texts[i]) !=
        texts.begin() + static_cast<std::ptrdiff_t>(i))
      throw usage_error(option, "repeats " + texts[i]);
}

std::vector<std::string> dtypes_of(const TorchOptions& options) {
  if (options.dtypes.empty()) return {options.dtype};
  std::vector<std::string> dtypes;
  for (const std::string& text : options.dtypes)
    dtypes.push_back(dtype_from("--dtypes", text, model_dtypes()));
  expect_once("--dtypes", dtypes);
  return dtypes;
}

std::vector<std::string> modes_of(const TorchOptions& options) {
  if (options.modes.empty()) return {"frozen"};
  static const std::vector<std::string> known = {"frozen", "eager"};
  for (const std::string& mode : options.modes)
    if (std::find(known.begin(), known.end(), mode) == known.end())
      throw usage_error("--modes", "'" + beginning(mode) + "' is none of " + listing(known),
                        did_you_mean(mode, known));
  expect_once("--modes", options.modes);
  return options.modes;
}

std::vector<CallShape> shapes_of(const TorchOptions& options) {
  const std::vector<std::int64_t> batches =
      options.batch_sizes.empty() ? std::vector<std::int64_t>{1, 32}
                                  : counts_from("--batch-sizes", options.batch_sizes, most_batch_size);
  std::vector<std::optional<std::int64_t>> lengths;
  for (const std::int64_t length : counts_from("--lengths", options.lengths, most_length))
    lengths.emplace_back(length);
  if (lengths.empty()) lengths.emplace_back();
  std::vector<CallShape> shapes;
  for (const std::int64_t batch : batches)
    for (const std::optional<std::int64_t>& length : lengths) shapes.push_back({batch, length});
  return shapes;
}

/// " dtype=bfloat16 threads=2 mode=eager": of these what is given as a list.
std::string suffix_of(const TorchOptions& options, const ModelSetup& setup) {
  std::string suffix;
  if (!options.dtypes.empty()) suffix += " dtype=" + setup.dtype;
  if (!options.thread_counts.empty()) suffix += " threads=" + std::to_string(setup.threads);
  if (!options.modes.empty()) suffix += " mode=" + setup.mode;
  return suffix;
}

std::string name_of(const CallShape& shape) {
  return "latency batch=" + std::to_string(shape.batch) +
         (shape.length ? " length=" + std::to_string(*shape.length) : "");
}

ProcessPlan plan_of(const TorchOptions& options, const ModelSetup& setup,
                    const std::vector<CallShape>& shapes) {
  const std::vector<std::string>& wanted = options.sampling.benchmarks;
  const auto is_wanted = [&](const std::string& name) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end();
  };
  const std::string suffix = suffix_of(options, setup);
  ProcessPlan plan{setup, "model" + suffix, is_wanted("model" + suffix), {}, {}};
  for (const CallShape& shape : shapes) {
    const std::string name = name_of(shape) + suffix;
    if (is_wanted(name)) plan.timed.push_back({name, shape});
    // The memory that a model takes, and its first result, are those of all its calls.
    if (is_wanted(name) || plan.with_model) plan.calls.push_back(shape);
  }
  return plan;
}

}  // namespace

std::vector<ProcessPlan> process_plans(const TorchOptions& options) {
  const std::vector<CallShape> shapes = shapes_of(options);
  const std::vector<std::string> dtypes = dtypes_of(options), modes = modes_of(options);
  std::vector<std::int64_t> threads = counts_from("--thread-counts", options.thread_counts, most_threads);
  if (threads.empty()) threads.push_back(options.threads);
  const std::size_t count = shapes.size() * dtypes.size() * threads.size() * modes.size();
  if (count > most_configurations)
    throw usage_error("",
                      "batch sizes, lengths, dtypes, threads and modes make " + std::to_string(count) +
                          " configurations, and at most " + std::to_string(most_configurations) +
                          " are measured",
                      "Each of them takes its time in every process; leave some out.");
  std::vector<ProcessPlan> plans;
  for (const std::string& dtype : dtypes)
    for (const std::int64_t number : threads)
      for (const std::string& mode : modes) {
        ProcessPlan plan = plan_of(options, {dtype, number, mode}, shapes);
        if (!plan.calls.empty()) plans.push_back(std::move(plan));
      }
  return plans;
}

}  // namespace modelgate
