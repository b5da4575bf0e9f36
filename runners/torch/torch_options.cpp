#include "runners/torch/torch_options.h"

#include <limits>

namespace modelgate {

void TorchOptions::declare(OptionSet& options) {
  runner.declare(options);
  options.text("model", model, "FILE", "TorchScript file; {subject} is the measured folder", Need::required);
  options.text(
      "data", data, "FILE",
      "The examples: JSONL with an 'id' and 'inputs' in each row, or .safetensors whose first dimension is "
      "the row. A tensor whose numbers are all written without a point is int64, any other float32",
      Need::required);
  options.list("inputs", inputs, "NAME",
               "A tensor of the row, in the order of forward's arguments (default: all, in the order of the "
               "first row)");
  options.text("classes", classes, "FILE", "Names of the model's classes, one a line");
  options.choice("device", device, {"cpu", "cuda", "auto"},
                 "Where to compute; auto: on a GPU if there is one");
  options.choice("dtype", dtype, {"float32", "bfloat16", "float16", "float64"},
                 "Convert the model and its floating inputs (default: as they are)");
  options.integer("threads", threads, 1, 4096, "N", "Threads of the model");
  options.text("outputs", outputs, "all|none|N", "Keep the raw outputs of all rows, or of the first N");
  options.list("batch-sizes", batch_sizes, "N",
               "Measure the latency of batches of N rows (default: 1 and 32)");
  sampling.declare(options, 0);
  options.integer("warmup", warmup, 0, 1000000, "N", "Calls before timing, per batch size and process");
  options.number("min-time-seconds", min_time_seconds, 0, 3600, "S", "Timing, per batch size and process");
  options.integer("seed", seed, 0, std::numeric_limits<std::int64_t>::max(), "N",
                  "Of the order of processes and of the model's random numbers");
}

}  // namespace modelgate
