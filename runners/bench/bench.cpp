#include "runners/bench/bench.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>

#include "runners/bench/bench_process.h"
#include "runners/bench/machine_notes.h"
#include "runners/bench/sample_collector.h"
#include "runners/process/process.h"
#include "runners/recording/interleaving.h"
#include "runners/recording/pair_processor.h"
#include "runners/recording/scratch_folder.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

// The environment lies above the stack: this moves it by up to a page, whatever the user's environment is.
constexpr std::size_t most_padding_bytes = 4096;

constexpr char note_on_processors[] = "the processes of a pair ran on one processor, pairs on each in turn";

/// One side of the comparison.
struct Side {
  BenchProgram program;
  SampleCollector samples;
  Measurements document;
};

void add_new(const std::vector<std::string>& notes, std::vector<std::string>& to) {
  for (const std::string& note : notes)
    if (std::find(to.begin(), to.end(), note) == to.end()) to.push_back(note);
}

/// Notes a process that failed as a whole, with which the measurement ends. True if it did.
bool failed(const BenchRun& run, const std::string& where, Side& side, std::vector<Side>& sides) {
  if (!run.problem) return false;
  side.document.problems.push_back({run.problem->code, where + ": " + run.problem->sentence});
  for (Side& each : sides) each.document.notes.push_back("the measurement ended with " + where);
  return true;
}

/// What of the pairs is measured now.
struct Stretch {
  std::int64_t first_pair = 0, end_pair = 0, first_position = 0;
};

/// Runs the turns; returns after the first process that fails as a whole.
void measure(const Stretch& stretch, std::uint64_t seed, std::vector<Side>& sides) {
  bool is_parallel = false;
  for (Side& side : sides) {
    const BenchRun run = side.program.run_briefly();
    if (failed(run, "the process before the first pair", side, sides)) return;
    is_parallel = is_parallel || run.is_parallel;
  }
  PairProcessor processor;
  if (!is_parallel)
    for (Side& side : sides) side.document.notes.push_back(note_on_processors);

  // Not the generator of the order, so that the same seed gives the same order with any padding.
  std::mt19937_64 random(~(seed + static_cast<std::uint64_t>(stretch.first_pair)));
  std::int64_t position = stretch.first_position;
  // Each stretch draws an order of its own.
  const std::uint64_t order = seed + static_cast<std::uint64_t>(stretch.first_pair);
  for (const Turn& turn : turns(stretch.end_pair - stretch.first_pair, sides.size(), order)) {
    Side& side = sides[turn.subject];
    const std::int64_t pair = stretch.first_pair + turn.pair;
    if (!is_parallel) processor.bind(pair);
    const BenchRun run = side.program.run(random() % most_padding_bytes);
    const std::string where = "pair " + std::to_string(pair + 1) + " of " + std::to_string(stretch.end_pair);
    if (failed(run, where, side, sides)) return;
    add_new(run.notes, side.document.notes);
    side.samples.add(run.results, pair, position++);
  }
}

std::vector<std::string> notes_on_procedure(const Stretch& stretch, std::uint64_t seed, bool paired) {
  std::vector<std::string> notes = machine_notes();
  const std::string count = stretch.first_pair == 0
                                ? std::to_string(stretch.end_pair)
                                : std::to_string(stretch.end_pair - stretch.first_pair) + " more";
  notes.push_back(paired ? count + " pairs of processes of baseline and candidate, in random order (seed " +
                               std::to_string(seed) + ")"
                         : count + " processes of the candidate alone (seed " + std::to_string(seed) + ")");
  notes.push_back(
      "a first process of each subject was not counted; the environment of every other was lengthened "
      "at random, up to 4 KiB");
  return notes;
}

}  // namespace

void BenchOptions::declare(OptionSet& options) {
  runner.declare(options);
  options.text("program", program, "PROGRAM",
               "The Google Benchmark program; {subject} is the measured folder", Need::required);
  options.list("argument", arguments, "WORD", "A word for the program, in order; {subject} is replaced");
  options.text("filter", filter, "REGEX", "Only benchmarks that match, as Google Benchmark reads it");
  sampling.declare(options, 1);
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
  std::uint64_t seed = static_cast<std::uint64_t>(options.seed);
  while (seed == 0) seed = std::random_device{}();

  const ScratchFolder scratch;
  const std::vector<MeasuredSubject> subjects = options.runner.subjects();
  std::vector<Side> sides;
  for (const MeasuredSubject& subject : subjects) {
    sides.push_back({BenchProgram(options, subject, scratch.path()), SampleCollector(subjects.size() == 2),
                     new_measurements("bench", subject.subject)});
    sides.back().document.looks = options.sampling.declared_looks();
  }
  Stretch stretch{0, options.sampling.end(), 0};
  options.runner.environment_map();  // what is wrong with it shall be said before anything is removed
  std::optional<EarlierMeasurements> earlier;
  if (options.sampling.add) {
    earlier.emplace(options.runner.output, "bench", subjects, options.sampling);
    stretch.first_pair = earlier->next_pair();
    stretch.first_position = earlier->next_position();
    earlier->mark_unfinished();
  } else {
    remove_old_measurements(options.runner.output);
  }
  const std::vector<std::string> notes = notes_on_procedure(stretch, seed, sides.size() == 2);
  for (Side& side : sides) side.document.notes = notes;

  measure(stretch, seed, sides);

  bool troubled = false;
  for (Side& side : sides) {
    side.samples.tell(side.document);
    if (interrupted() && side.document.problems.empty())
      side.document.problems.push_back({"interrupted", "the measurement was interrupted"});
    if (earlier) side.document = earlier->joined(side.document);
    write_measurements(side.document, options.runner.output);
    troubled = say_problems(side.document) || troubled;
  }
  return troubled ? ExitCode::error : ExitCode::pass;
}

}  // namespace modelgate
