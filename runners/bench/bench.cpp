#include "runners/bench/bench.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>

#include "runners/bench/bench_process.h"
#include "runners/bench/shared_benchmarks.h"
#include "runners/pairs/paired_measuring.h"
#include "runners/process/process.h"
#include "runners/recording/scratch_folder.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// Which benchmarks are this part's, and which part the documents hold. False where there is nothing to
/// measure: no program lists one, or there are fewer than parts.
bool take_part(const std::vector<BenchProgram>& programs, BenchOptions& options,
               std::vector<Measurements>& documents, std::vector<std::vector<std::string>>& listed) {
  std::optional<Part> part = options.part.part();
  if (!part) return true;
  bool is_troubled = false;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    BenchmarkList list = programs[i].list();
    if (list.problem) documents[i].problems.push_back(*list.problem);
    is_troubled = is_troubled || list.problem;
    listed.push_back(std::move(list.names));
  }
  part->names = digest_of_benchmarks(listed);
  for (Measurements& document : documents) document.part = part;
  options.sampling.benchmarks = benchmarks_of_part(*part, listed);
  return !is_troubled && !options.sampling.benchmarks.empty();
}

/// Takes out what a program ran and was not asked for, because the names did not fit its command line. What
/// it `listed` for this part and did not report would be missed by nobody: a problem.
void keep_part(const BenchOptions& options, const std::vector<std::string>& listed, Measurements& document) {
  const std::vector<std::string>& names = options.sampling.benchmarks;
  std::erase_if(document.series, [&](const Series& series) {
    const auto* samples = std::get_if<SampleSeries>(&series);
    // The device memory is that of the whole process; one part tells it, as there is one such series.
    const bool is_of_process =
        samples != nullptr && samples->name == whole_program && document.part->number == 1;
    return samples == nullptr ||
           (!is_of_process && std::find(names.begin(), names.end(), samples->name) == names.end());
  });
  if (!document.problems.empty()) return;  // which say enough
  for (const std::string& name : listed) {
    const bool is_reported =
        std::any_of(document.series.begin(), document.series.end(),
                    [&](const Series& series) { return std::get<SampleSeries>(series).name == name; });
    if (std::find(names.begin(), names.end(), name) == names.end() || is_reported) continue;
    document.problems.push_back(
        {"bad_output", "the benchmark program lists " + beginning(name) + " and did not report it"});
    return;
  }
}

}  // namespace

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
  part.declare(options, "the benchmarks");
}

ExitCode run_bench(BenchOptions options) {
  if (options.program.empty())
    throw usage_error("--program", "is empty", "Name the Google Benchmark program.");
  check_bench_arguments(options.arguments);
  if (options.part.part() && (options.sampling.add || options.sampling.until > 0))
    throw usage_error("--part", "is measured at once, without --add and --until");
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

  std::vector<std::vector<std::string>> listed;
  if (take_part(programs, options, documents, listed)) {
    std::vector<PairedSide> sides;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      const BenchProgram& program = programs[i];
      sides.push_back({[&program] { return program.run_briefly(); },
                       [&program](std::size_t padding_bytes) { return program.run(padding_bytes); },
                       &documents[i]});
    }
    measure_pairs(settings, sides);
  }
  bool troubled = false;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (documents[i].part) keep_part(options, listed.at(i), documents[i]);
    troubled = deliver_samples(documents[i], earlier, options.runner.output) || troubled;
  }
  return troubled ? ExitCode::error : ExitCode::pass;
}

}  // namespace modelgate
