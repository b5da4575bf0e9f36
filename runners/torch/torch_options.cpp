#include "runners/torch/torch_options.h"

#include <limits>

#include "runners/torch/configurations.h"
#include "runners/torch/declared_input.h"
#include "runners/torch/device_choice.h"
#include "runners/torch/dtype_names.h"
#include "runners/torch/numbers_of_options.h"
#include "schemas/tool/error.h"

namespace modelgate {

void TorchOptions::declare(OptionSet& options) {
  runner.declare(options);
  options.text("model", model, "FILE", "TorchScript file; {subject} is the measured folder", Need::required);
  options.text(
      "data", data, "FILE",
      "The examples: JSONL with an 'id' and 'inputs' in each row, or .safetensors whose first dimension is "
      "the row. A tensor whose numbers are all written without a point is int64, any other float32. Without "
      "it there are no answers, and --shapes says what speed is measured with");
  options.list("inputs", inputs, "NAME",
               "A tensor of the row, in the order of forward's arguments (default: all, in the order of the "
               "first row)");
  options.list(
      "shapes", shapes, "INPUT",
      "Measure speed with random inputs, one for each of forward's arguments: 'image: float32[batch, "
      "3, 224, 224]' (from 0 to 1), 'tokens: int64[batch, length] 1..9999'");
  options.text("classes", classes, "FILE", "Names of the model's classes, one a line");
  options.text("device", device, "cpu|cuda|cuda:N|cuda:GPU-…|auto",
               "Where to compute: a GPU by its number or UUID; auto: on a GPU if there is one");
  options.text("dtype", dtype, "float32|bfloat16|float16|float64",
               "Convert the model and its floating inputs (default: as they are)");
  options.integer("threads", threads, 1, most_threads, "N", "Threads of the model");
  options.text("outputs", outputs, "all|none|N", "Keep the raw outputs of all rows, or of the first N");
  options.list(
      "batch-sizes", batch_sizes, "N",
      "Measure the speed of batches of N rows (default: 1 and 32), each with every one of the lengths, "
      "dtypes, threads and modes");
  options.list("lengths", lengths, "N",
               "… of N entries in the second dimension: rows of the data are cut there, or go on with their "
               "beginning (default: as they are)");
  options.list("dtypes", dtypes, "DTYPE", "… converted to this dtype (default: --dtype)");
  options.list("thread-counts", thread_counts, "N", "… with N threads (default: --threads)");
  options.list(
      "modes", modes, "frozen|eager",
      "… frozen: weights folded into the graph, LibTorch's optimiser on; eager: the operators as they "
      "were saved, one after another (default: frozen)");
  sampling.declare(options, 0);
  gpu.declare(options);
  options.integer("warmup", warmup, 0, 1000000, "N",
                  "Calls before timing, at least; then until they are steady (0: none at all)");
  options.number("warmup-seconds", warmup_seconds, 0, 3600, "S",
                 "… but no longer than this, for each shape of calls in each process");
  options.number("min-time-seconds", min_time_seconds, 0, 3600, "S", "Timing, likewise");
  options.integer("cold-calls", cold_calls, 0, 100000, "N",
                  "Time so many more calls, likewise, each after the caches (a GPU's L2, a processor's last) "
                  "were overwritten: cold_latency");
  options.integer("seed", seed, 0, std::numeric_limits<std::int64_t>::max(), "N",
                  "Of the order of processes, of random inputs and of the model's random numbers");
}

void TorchOptions::check() const {
  kept_rows_from(outputs);
  device_choice_from(device);
  if (!dtype.empty()) dtype_from("--dtype", dtype, model_dtypes());
  std::int64_t cold_values = 0;
  const std::vector<DeclaredInput> declared = declared_inputs_from(shapes, !lengths.empty());
  for (const ProcessPlan& plan : process_plans(*this)) {
    cold_values += static_cast<std::int64_t>(plan.timed.size()) * cold_calls * sampling.pairs;
    for (const CallShape& shape : plan.calls)
      for (const DeclaredInput& input : declared) input.sizes(shape);
  }
  constexpr std::int64_t most_values = 1'000'000;  // of the 4 million that a document may hold
  if (cold_values > most_values)
    throw usage_error("--cold-calls", "and --pairs would give " + std::to_string(cold_values) +
                                          " times, and a document has room for " +
                                          std::to_string(most_values));
  if (!data.empty()) return;
  if (shapes.empty())
    throw usage_error("", "neither --data nor --shapes says what the model is given",
                      "Give a file of examples, or inputs such as --shapes 'input: float32[batch, 16]'.");
  if (sampling.pairs == 0)
    throw usage_error("--pairs", "is 0, and without --data there is nothing but speed to measure");
  for (const auto& [option, is_given] :
       {std::pair{"--inputs", !inputs.empty()}, std::pair{"--classes", !classes.empty()}})
    if (is_given) throw usage_error(option, "says something of --data, which is not given");
}

}  // namespace modelgate
