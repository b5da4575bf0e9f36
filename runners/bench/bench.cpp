#include "runners/bench/bench.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <random>

#include "runners/bench/bench_process.h"
#include "runners/pairs/paired_measuring.h"
#include "runners/process/process.h"
#include "runners/recording/scratch_folder.h"
#include "schemas/tool/error.h"

namespace modelgate {

void BenchOptions::declare(OptionSet& options) {
  runner.declare(options);
  options.text("program", program, "PROGRAM",
               "The Google Benchmark program; {subject} is the measured folder", Need::required);
  options.list("argument", arguments, "WORD", "A word for the program, in order; {subject} is replaced");
  options.text("filter", filter, "REGEX", "Only benchmarks that match, as Google Benchmark reads it");
  sampling.declare(options, 1);
  gpu.declare(options);
  options.number("min-time-seconds", min_time_seconds, 0, 1e5, "SECONDS",
                 "How long each benchmark runs in a process (0: what the program says)");
  options.integer("repetitions", repetitions, 1, 100000, "N", "Of each benchmark in a process");
  options.integer("seed", seed, 0, INT64_MAX, "N",
                  "Of the order in which processes run (0: another each time)");
}

ExitCode run_bench(const BenchOptions& options) {
  if (options.program.empty())
    throw usage_error("--program", "is empty", "Name the Google Benchmark program.");
  check_bench_arguments(options.arguments);
  watch_interrupts();
  PairedSettings settings;
  settings.seed = static_cast<std::uint64_t>(options.seed);
  while (settings.seed == 0) settings.seed = std::random_device{}();
  settings.disturbances = options.sampling.disturbances();

  const std::unique_ptr<GpuWatch> watch = options.gpu.watch("none");
  if (watch != nullptr) settings.watches = {watch.get()};

  const ScratchFolder scratch;
  const std::vector<MeasuredSubject> subjects = options.runner.subjects();
  std::vector<BenchProgram> programs;
  std::vector<Measurements> documents;
  for (const MeasuredSubject& subject : subjects) {
    programs.emplace_back(options, subject, scratch.path(), watch.get());
    documents.push_back(new_measurements("bench", subject.subject));
    documents.back().looks = options.sampling.declared_looks();
    if (watch != nullptr) documents.back().environment.merge(watch->environment());
  }
  options.sampling.end();            // what is wrong with it shall be said before anything is removed
  options.runner.environment_map();  // likewise
  std::optional<EarlierMeasurements> earlier;
  if (options.sampling.add) {
    earlier.emplace(options.runner.output, "bench", subjects, options.sampling);
    earlier->mark_unfinished();
  } else {
    remove_old_measurements(options.runner.output);
  }
  settings.stretch = pair_stretch(options.sampling, earlier);

  std::vector<PairedSide> sides;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const BenchProgram& program = programs[i];
    sides.push_back({[&program] { return program.run_briefly(); },
                     [&program](std::size_t padding_bytes) { return program.run(padding_bytes); },
                     &documents[i]});
  }
  measure_pairs(settings, sides);

  bool troubled = false;
  for (const Measurements& document : documents)
    troubled = deliver_samples(document, earlier, options.runner.output) || troubled;
  return troubled ? ExitCode::error : ExitCode::pass;
}

}  // namespace modelgate
