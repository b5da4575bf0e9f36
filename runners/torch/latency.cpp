#include "runners/torch/latency.h"

namespace modelgate {

void measure_latency(const TorchOptions& options, const PairStretch& stretch,
                     const std::vector<TimedSubject>& subjects, GpuWatch* watch) {
  const std::vector<ProcessPlan> plans = process_plans(options);
  std::string gpu_uuid = watch == nullptr ? "" : watch->device().uuid;
  std::vector<TimedTurns> turns;
  for (const TimedSubject& subject : subjects) turns.emplace_back(options, plans, subject, gpu_uuid);
  PairedSettings settings;
  settings.stretch = stretch;
  settings.seed = static_cast<std::uint64_t>(options.seed);
  settings.disturbances = options.sampling.disturbances();
  if (watch != nullptr) settings.watches = {watch};
  std::vector<PairedSide> sides;
  for (std::size_t i = 0; i < subjects.size(); ++i)
    sides.push_back({[&side = turns[i]] { return side.rehearse(); },
                     [&side = turns[i]](std::size_t padding_bytes) { return side.run(padding_bytes); },
                     subjects[i].document});
  measure_pairs(settings, sides);
  for (std::size_t i = 0; i < subjects.size(); ++i)
    for (const std::string& note : turns[i].notes()) subjects[i].document->notes.push_back(note);
}

}  // namespace modelgate
