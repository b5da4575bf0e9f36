#include "runners/pairs/paired_measuring.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>
#include <string>

#include "runners/pairs/machine_notes.h"
#include "runners/pairs/pair_order.h"
#include "runners/pairs/pair_processor.h"
#include "runners/pairs/processor_watch.h"
#include "runners/pairs/reference_loop.h"
#include "runners/pairs/sample_collector.h"

namespace modelgate {
namespace {

using Clock = std::chrono::steady_clock;

// The environment lies above the stack: this moves it by up to a page, whatever the user's environment is.
constexpr std::size_t most_padding_bytes = 4096;

void add_new(const std::vector<std::string>& notes, std::vector<std::string>& to) {
  for (const std::string& note : notes)
    if (std::find(to.begin(), to.end(), note) == to.end()) to.push_back(note);
}

/// The pairs of one call.
class PairedMeasuring {
 public:
  PairedMeasuring(const PairedSettings& settings, const std::vector<PairedSide>& sides)
      : settings_(settings),
        sides_(sides),
        watches_(settings.watches),
        // Each stretch draws an order of its own.
        seed_(settings.seed + static_cast<std::uint64_t>(settings.stretch.first_pair)),
        // Not the generator of the order, so that the same seed gives the same order with any padding.
        padding_(~seed_),
        position_(settings.stretch.first_position) {
    watches_.insert(watches_.begin(), &processors_);
    for (std::size_t i = 0; i < sides.size(); ++i) collectors_.emplace_back(sides.size() == 2);
  }

  void measure() {
    const Clock::time_point begin = Clock::now();
    note_procedure();
    if (rehearse()) take_pairs();
    for (std::size_t i = 0; i < sides_.size(); ++i) collectors_[i].tell(*sides_[i].document);
    note_machine(std::chrono::duration<double>(Clock::now() - begin).count());
  }

 private:
  std::int64_t pairs() const { return settings_.stretch.end_pair - settings_.stretch.first_pair; }

  void note(const std::string& words) {
    if (!words.empty())
      for (const PairedSide& side : sides_) add_new({words}, side.document->notes);
  }

  void note_procedure() {
    for (const std::string& words : machine_notes()) note(words);
    const std::string count = std::to_string(pairs()) + (settings_.stretch.first_pair == 0 ? "" : " more");
    note(sides_.size() == 2
             ? fmt::format("{} pairs of processes of baseline and candidate, in random order (seed {})",
                           count, settings_.seed)
             : fmt::format("{} processes of the candidate alone (seed {})", count, settings_.seed));
    note(
        "a first process of each subject was not counted; the environment of every other was lengthened "
        "at random, up to 4 KiB");
  }

  void note_machine(double seconds) {
    std::string words = reference_.note();
    for (const TurnWatch* watch : watches_)
      for (const std::string& seen : watch->notes()) words += (words.empty() ? "" : "; ") + seen;
    if (words.empty()) return;
    note(fmt::format("pairs {} to {}: {}; {:.0f} % of {:.1f} s were spent in the processes",
                     settings_.stretch.first_pair + 1, settings_.stretch.end_pair, words,
                     100 * seconds_inside_ / seconds, seconds));
  }

  /// True if the process gave results. If not, the measurement ends.
  bool succeeded(const ProcessRun& run, const PairedSide& side, const std::string& where) {
    seconds_inside_ += run.wall_seconds;
    if (!run.problem) return true;
    side.document->problems.push_back({run.problem->code, where + ": " + run.problem->sentence});
    note("the measurement ended with " + where);
    return false;
  }

  bool rehearse() {
    for (const PairedSide& side : sides_) {
      const ProcessRun run = side.rehearse();
      if (!succeeded(run, side, "the process before the first pair")) return false;
      is_parallel_ = is_parallel_ || run.is_parallel;
    }
    if (!is_parallel_) note("the processes of a pair ran on one processor, pairs on each in turn");
    return true;
  }

  void take_pairs() {
    PairProcessor processor;
    PairOrder order(seed_);
    for (std::int64_t pair = settings_.stretch.first_pair; pair < settings_.stretch.end_pair;) {
      if (!is_parallel_) processor.bind(pair);
      reference_.run();
      const std::size_t coin = order.first_of_next();
      switch (take(pair, sides_.size() == 1 ? 0 : coin)) {
        case Taken::whole:
          ++pair;
          break;
        case Taken::disturbed:
          if (too_many_discarded()) return;
          break;
        case Taken::failed:
          return;
      }
    }
  }

  enum class Taken { whole, disturbed, failed };

  Taken take(std::int64_t pair, std::size_t first) {
    std::vector<ProcessRun> runs(sides_.size());
    const std::int64_t begin = position_;
    for (std::size_t turn = 0; turn < sides_.size(); ++turn) {
      const std::size_t which = turn == 0 ? first : 1 - first;
      for (TurnWatch* watch : watches_) watch->begin_turn(which);
      ProcessRun& run = runs[which] = sides_[which].run(padding_() % most_padding_bytes);
      run.is_parallel = run.is_parallel || is_parallel_;
      ++position_;
      std::vector<Disturbance> disturbances;
      for (TurnWatch* watch : watches_)
        for (Disturbance& one : watch->end_turn(run)) disturbances.push_back(std::move(one));
      const std::string where =
          "pair " + std::to_string(pair + 1) + " of " + std::to_string(settings_.stretch.end_pair);
      if (!succeeded(run, sides_[which], where)) return Taken::failed;
      add_new(run.notes, sides_[which].document->notes);
      if (!disturbances.empty() && !settings_.disturbances.keep) {
        discard(pair, sides_[which], disturbances.front());
        return Taken::disturbed;
      }
    }
    for (std::size_t i = 0; i < sides_.size(); ++i)
      collectors_[i].add(runs[i].results, pair, begin + (i == first ? 0 : 1));
    return Taken::whole;
  }

  void discard(std::int64_t pair, const PairedSide& side, const Disturbance& why) {
    ++discarded_;
    for (const PairedSide& each : sides_)
      each.document->discarded.push_back(
          {pair, why.code,
           "the process of the " + name_of(side.document->subject.role) + ": " + why.sentence});
  }

  bool too_many_discarded() {
    const double share = settings_.disturbances.most_discarded;
    const double allowed = std::ceil(static_cast<double>(pairs()) * share / (1 - share));
    if (static_cast<double>(discarded_) <= allowed) return false;
    const Discarded& last = sides_.front().document->discarded.back();
    for (const PairedSide& side : sides_)
      side.document->problems.push_back(
          {"machine_unfit",
           fmt::format("the machine is unfit: {} pairs were disturbed and discarded, more "
                       "than {:g} % of what {} pairs "
                       "may take (the last time, {})",
                       discarded_, 100 * share, pairs(), last.sentence),
           "samples"});
    return true;
  }

  const PairedSettings& settings_;
  const std::vector<PairedSide>& sides_;
  std::vector<TurnWatch*> watches_;
  ProcessorWatch processors_;
  ReferenceLoop reference_;
  std::vector<SampleCollector> collectors_;
  std::uint64_t seed_;
  std::mt19937_64 padding_;
  std::int64_t position_, discarded_ = 0;
  double seconds_inside_ = 0;
  bool is_parallel_ = false;
};

}  // namespace

PairStretch pair_stretch(const SamplingOptions& sampling, const std::optional<EarlierMeasurements>& earlier) {
  if (!earlier) return {0, sampling.end(), 0};
  return {earlier->next_pair(), sampling.end(), earlier->next_position()};
}

void measure_pairs(const PairedSettings& settings, const std::vector<PairedSide>& sides) {
  PairedMeasuring(settings, sides).measure();
}

}  // namespace modelgate
