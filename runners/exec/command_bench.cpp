#include "runners/exec/command_bench.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <random>

#include "runners/exec/command_process.h"
#include "runners/exec/rows.h"
#include "runners/gpu/device_memory.h"
#include "runners/pairs/paired_measuring.h"
#include "runners/process/process.h"
#include "runners/recording/row_writer.h"
#include "runners/recording/scratch_folder.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// A subject's command, and what it is given.
struct BenchedCommand {
  std::vector<std::string> command;
  std::shared_ptr<const InputRows> input;  ///< Null: it is only run.
  RowsToAnswer rows;
};

/// Pairs are taken in looks by the same options as rows.
SamplingOptions sampling_of(const ExecOptions& options) {
  SamplingOptions sampling = options.bench.sampling;
  if (sampling.pairs == 0) sampling.pairs = SamplingOptions().pairs;
  sampling.looks = options.looks.looks;
  sampling.until = options.looks.until;
  sampling.add = options.looks.add;
  return sampling;
}

std::vector<BenchedCommand> commands_of(const ExecOptions& options,
                                        const std::vector<MeasuredSubject>& subjects,
                                        const ScratchFolder& scratch) {
  std::vector<BenchedCommand> commands;
  std::map<fs::path, BenchedCommand> by_input;
  for (const MeasuredSubject& subject : subjects) {
    BenchedCommand command;
    if (!options.input.empty()) {
      BenchedCommand& known = by_input[expand(options.input, subject)];
      if (!known.input) {
        known.input = std::make_shared<InputRows>(expand(options.input, subject));
        known.rows.file = scratch.path() / ("rows-" + std::to_string(by_input.size()) + ".jsonl");
        RowWriter writer(known.rows.file);
        for (const RowFile::Line& line : known.input->lines()) {
          if (static_cast<std::int64_t>(known.rows.lines.size()) == options.bench.rows) break;
          known.rows.lines.push_back(line.text);
          writer.add_line(line.text);
        }
        writer.finish();
      }
      command = known;
    }
    command.command = expand(options.command, subject);
    commands.push_back(std::move(command));
  }
  return commands;
}

ProcessRun run_once(const ExecOptions& options, const BenchedCommand& command, GpuWatch* watch,
                    std::size_t padding_bytes) {
  ProcessSpec spec;
  spec.argv = command.command;
  spec.environment = options.runner.environment_map();
  show_only(watch, spec.environment);
  spec.environment["MODELGATE_PADDING"] = std::string(padding_bytes, '.');
  spec.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(options.runner.timeout_seconds * 1000));
  spec.memory_limit_bytes = options.runner.memory_limit_mib << 20;
  spec.cpu_seconds_limit = options.runner.cpu_limit_seconds;
  ProcessRun run = options.bench.mode == "warm" ? run_warm(std::move(spec), command.rows)
                                                : run_cold(std::move(spec), command.rows);
  add_device_memory(watch, "command", run);
  return run;
}

/// The kernel counts a process's memory from what ours used when it was started. Where one used no more, what
/// it used is not known, and what is not known must not look like a measurement that never changes.
void leave_out_unseen_memory(std::vector<Measurements>& documents) {
  rusage own{};
  ::getrusage(RUSAGE_SELF, &own);
  const double seen_from = static_cast<double>(own.ru_maxrss) * 1024;
  const auto is_memory = [](const Series& series) {
    return std::get<SampleSeries>(series).quantity == "peak_memory";
  };
  bool unseen = false;
  for (const Measurements& document : documents)
    for (const Series& series : document.series)
      if (is_memory(series))
        for (const ProcessSamples& process : std::get<SampleSeries>(series).processes)
          unseen = unseen || std::any_of(process.values.begin(), process.values.end(),
                                         [&](double value) { return value <= seen_from; });
  if (!unseen) return;
  for (Measurements& document : documents) {
    std::erase_if(document.series, is_memory);
    document.notes.push_back("peak memory is not told: a process used less than " +
                             std::to_string(own.ru_maxrss / 1024 + 1) + " MiB, which cannot be seen");
  }
}

}  // namespace

ExitCode bench_command(const ExecOptions& options) {
  const SamplingOptions sampling = sampling_of(options);
  if (options.bench.mode == "warm" && options.input.empty())
    throw usage_error("--input", "is missing", "A warm process is measured by the rows that it answers.");
  PairedSettings settings;
  settings.seed = static_cast<std::uint64_t>(options.looks.seed);
  while (settings.seed == 0) settings.seed = std::random_device{}();
  settings.disturbances = sampling.disturbances();
  const std::vector<std::int64_t> looks = sampling.declared_looks();
  sampling.end();                    // what is wrong with it shall be said before anything is removed
  options.runner.environment_map();  // likewise
  const std::unique_ptr<GpuWatch> watch = options.bench.gpu.watch("none");
  if (watch != nullptr) settings.watches = {watch.get()};

  const ScratchFolder scratch;
  const std::vector<MeasuredSubject> subjects = options.runner.subjects();
  const std::vector<BenchedCommand> commands = commands_of(options, subjects, scratch);
  std::optional<EarlierMeasurements> earlier;
  if (sampling.add) {
    earlier.emplace(options.runner.output, "exec", subjects, sampling);
    earlier->mark_unfinished();
  } else {
    remove_old_measurements(options.runner.output);
  }
  settings.stretch = pair_stretch(sampling, earlier);

  std::vector<Measurements> documents;
  for (const MeasuredSubject& subject : subjects) {
    documents.push_back(new_measurements("exec", subject.subject));
    documents.back().looks = looks;
    if (watch != nullptr) documents.back().environment.merge(watch->environment());
  }
  std::vector<PairedSide> sides;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const BenchedCommand& command = commands[i];
    sides.push_back(
        {[&] { return run_once(options, command, watch.get(), 0); },
         [&](std::size_t padding_bytes) { return run_once(options, command, watch.get(), padding_bytes); },
         &documents[i]});
  }
  measure_pairs(settings, sides);
  leave_out_unseen_memory(documents);

  bool troubled = false;
  for (const Measurements& document : documents)
    troubled = deliver_samples(document, earlier, options.runner.output) || troubled;
  return troubled ? ExitCode::error : ExitCode::pass;
}

}  // namespace modelgate
