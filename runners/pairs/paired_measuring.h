#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "runners/pairs/process_run.h"
#include "runners/pairs/sampling.h"
#include "runners/pairs/turn_watch.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// One of the subjects that take turns.
struct PairedSide {
  /// Runs a process that is not counted, so that the machine has read what the subject needs.
  std::function<ProcessRun()> rehearse;
  /// Runs a process with so many bytes more in its environment, which moves its stack.
  std::function<ProcessRun(std::size_t padding_bytes)> run;
  Measurements* document = nullptr;  ///< To which series, problems and notes are added.
};

/// The pairs that are measured in one call, and the place of the first process among all.
struct PairStretch {
  std::int64_t first_pair = 0, end_pair = 0, first_position = 0;
};

/// Goes on after what was measured earlier, if there is such. Errors: as of SamplingOptions::end.
PairStretch pair_stretch(const SamplingOptions& sampling, const std::optional<EarlierMeasurements>& earlier);

struct PairedSettings {
  PairStretch stretch;
  std::uint64_t seed = 1;  ///< Of the order and the padding.
  DisturbanceLimits disturbances;
  std::vector<TurnWatch*> watches;  ///< Beside the one on processors, which is always there.
};

/// Measures one or two sides in processes that take turns: a process of each that is not counted, then for
/// each pair one of each, in random order, on one processor (another for each pair) unless they compute on
/// several. A pair in which a watch saw a disturbance is discarded and measured again, until more than a
/// declared share is discarded: then the measurement ends with a problem "machine_unfit" of every document.
/// It ends, too, with the first process that fails as a whole, which is a problem of its document.
void measure_pairs(const PairedSettings& settings, const std::vector<PairedSide>& sides);

}  // namespace modelgate
