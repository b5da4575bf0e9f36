#include "runners/torch/latency.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace modelgate {
namespace {

/// The watch on the GPU as one plan's pairs need it: a model in another dtype or mode works it otherwise, so
/// its turns are held against none but their own.
class WatchOfPlan : public TurnWatch {
 public:
  WatchOfPlan(GpuWatch& watch, std::size_t plan, bool is_last)
      : watch_(watch), plan_(plan), is_last_(is_last) {}

  void begin_turn(std::size_t side) override { watch_.begin_turn(2 * plan_ + side); }
  std::vector<Disturbance> end_turn(const ProcessRun& run) override { return watch_.end_turn(run); }
  /// Once, of all plans.
  std::vector<std::string> notes() const override {
    return is_last_ ? watch_.notes() : std::vector<std::string>{};
  }

 private:
  GpuWatch& watch_;
  std::size_t plan_;
  bool is_last_;
};

/// Whether all can go on.
bool is_sound(const std::vector<TimedSubject>& subjects) {
  return std::all_of(subjects.begin(), subjects.end(),
                     [](const TimedSubject& subject) { return subject.document->problems.empty(); });
}

/// The place after the last process in the document.
std::int64_t next_position(const Measurements& document) {
  std::int64_t next = 0;
  for (const Series& series : document.series)
    if (const auto* samples = std::get_if<SampleSeries>(&series))
      for (const ProcessSamples& process : samples->processes) next = std::max(next, process.position + 1);
  return next;
}

/// Measures the pairs of one plan, and says of what is told of its pairs that it is about this plan.
void measure(const ProcessPlan& plan, const std::string& name, const PairedSettings& settings,
             const std::vector<TimedSubject>& subjects, std::vector<TimedTurns>& turns) {
  std::vector<PairedSide> sides;
  std::vector<std::pair<std::size_t, std::size_t>> told;  // notes and discarded pairs before
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    Measurements& document = *subjects[i].document;
    told.emplace_back(document.notes.size(), document.discarded.size());
    sides.push_back(
        {[&plan, &side = turns[i]] { return side.rehearse(plan); },
         [&plan, &side = turns[i]](std::size_t padding_bytes) { return side.run(plan, padding_bytes); },
         &document});
  }
  measure_pairs(settings, sides);
  if (name.empty()) return;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    Measurements& document = *subjects[i].document;
    for (std::size_t k = told[i].first; k < document.notes.size(); ++k)
      if (document.notes[k].starts_with("pairs ")) document.notes[k].insert(0, name + ", ");
    for (std::size_t k = told[i].second; k < document.discarded.size(); ++k)
      document.discarded[k].sentence.insert(0, name + ": ");
  }
}

}  // namespace

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
  // One plan after the other, not all of them in each turn: the nearer the two of a pair run, the more alike
  // is their luck, and what disturbs one process discards one pair.
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const ProcessPlan& plan = plans[i];
    std::optional<WatchOfPlan> of_plan;
    if (watch != nullptr) settings.watches = {&of_plan.emplace(*watch, i, i + 1 == plans.size())};
    measure(plan, plans.size() > 1 ? plan.model_name.substr(plan.model_name.find(' ') + 1) : "", settings,
            subjects, turns);
    if (!is_sound(subjects)) break;
    for (const TimedSubject& subject : subjects)
      settings.stretch.first_position =
          std::max(settings.stretch.first_position, next_position(*subject.document));
  }
  for (std::size_t i = 0; i < subjects.size(); ++i)
    for (const std::string& note : turns[i].notes()) subjects[i].document->notes.push_back(note);
}

}  // namespace modelgate
