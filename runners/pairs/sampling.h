#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runners/recording/earlier_documents.h"
#include "runners/recording/recording.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// What is done about pairs that something disturbed.
struct DisturbanceLimits {
  double most_discarded = 0.5;  ///< Of the pairs that are taken, at most this share is discarded; below 1.
  bool keep = false;            ///< Disturbances are noted, and nothing is discarded.
};

/// The options of a runner that measures in pairs of processes: how many at most, at which numbers of pairs
/// the results will be looked at, and which part of that is measured now.
struct SamplingOptions {
  std::int64_t pairs = 10;
  std::vector<std::string> looks;       ///< As typed; empty: once, at the end.
  std::int64_t until = 0;               ///< Stop after this pair; 0: all.
  bool add = false;                     ///< To what the output folder holds.
  std::vector<std::string> benchmarks;  ///< With `add`: only these.
  std::string most_discarded = "50%";
  bool keep_disturbed = false;

  void declare(OptionSet& options, std::int64_t least_pairs);
  /// The same without looks, until and add, for a runner that takes other things in looks, too.
  void declare_pairs(OptionSet& options, std::int64_t least_pairs);
  /// The looks as numbers, rising, the last of them `pairs`. Errors: kind usage.
  std::vector<std::int64_t> declared_looks() const;
  /// The number of pairs after which to stop. Errors: kind usage.
  std::int64_t end() const;
  /// Errors: kind usage.
  DisturbanceLimits disturbances() const;
};

/// What an earlier call measured, and this one adds to.
class EarlierMeasurements {
 public:
  /// Reads the documents. Errors: kind usage if they are missing, of other subjects, of another runner, with
  /// other looks, or have a problem; if a benchmark to add to is not there; or if there is nothing to add.
  EarlierMeasurements(const std::filesystem::path& output, const std::string& runner,
                      const std::vector<MeasuredSubject>& subjects, const SamplingOptions& sampling);

  /// Where to go on.
  std::int64_t next_pair() const { return next_pair_; }
  std::int64_t next_position() const { return next_position_; }

  /// Writes the documents with a problem that says that adding was not finished, so that whatever happens now
  /// is seen.
  void mark_unfinished() const;

  /// The document of the subject with the new samples added: `more` may hold other series, which are left
  /// out. Its problems and notes are added, too.
  Measurements joined(const Measurements& more) const;

 private:
  bool is_wanted(const SampleSeries& series) const;

  std::vector<std::string> benchmarks_;
  EarlierDocuments documents_;
  std::int64_t next_pair_ = 0, next_position_ = 0;
};

/// Writes what was measured of a subject, added to what was measured earlier if there is such; notes an
/// interrupt, and says the problems on stderr. True if there are any.
bool deliver_samples(Measurements document, const std::optional<EarlierMeasurements>& earlier,
                     const std::filesystem::path& output);

}  // namespace modelgate
