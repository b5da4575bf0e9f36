#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/attempt.h"
#include "schemas/documents/inconclusive.h"
#include "schemas/documents/node.h"
#include "schemas/documents/pipeline_record.h"
#include "schemas/documents/sampling.h"
#include "schemas/documents/subject.h"

namespace modelgate {

enum class Status {
  pass,
  fail,          ///< A regression beyond the margin is proven.
  inconclusive,  ///< The data cannot decide.
  error,         ///< What was expected could not be judged.
  not_compared,  ///< First release: the check is a comparison and there is no baseline. Never counts as a
                 ///< pass.
};

std::string name_of(Status status);

/// Which direction is an improvement.
enum class Direction { lower_is_better, higher_is_better, none };

/// The difference between candidate and baseline, as people read it: candidate − baseline, or the change in
/// percent of the baseline; positive means the candidate's value is larger.
struct Effect {
  double estimate = 0;
  std::optional<double> lower,
      upper;  ///< One-sided bounds, each at `confidence`; absent on one side if unbounded.
  double confidence = 0.95;
  std::string unit;  ///< "percent", "points" (percentage points), or "" (the metric's own unit).

  bool operator==(const Effect&) const = default;
};

/// A demand on the candidate's own value, to be proven: value ≥ minimum, or value ≤ maximum.
struct Limit {
  enum class Kind { minimum, maximum };
  Kind kind = Kind::minimum;
  double value = 0;

  bool operator==(const Limit&) const = default;
};

/// What was seen at one look at data that still grew.
struct LookRecord {
  std::int64_t n = 0;            ///< Samples seen so far: pairs, processes or rows.
  double share = 1;              ///< Of each error rate that this look could use.
  double p_regression = 1;       ///< By the samples so far, without correction for the number of looks.
  double p_non_inferiority = 1;  ///< Likewise.

  bool operator==(const LookRecord&) const = default;
};

/// What another method, which rests on other assumptions, says of the same data. It never decides alone.
struct CrossCheck {
  std::string method;            ///< "rank-sum test and Hodges–Lehmann shift".
  double estimate = 0;           ///< Of the effect, in the effect's unit.
  double p_regression = 1;       ///< As the check's.
  double p_non_inferiority = 1;  ///< Likewise.

  bool operator==(const CrossCheck&) const = default;
};

/// One decision. Everything a reporter shows is here, so that a reporter needs no arithmetic.
struct Check {
  std::string gate;  ///< The gate's name in the plan, or its kind: "quality".
  std::string name;  ///< "accuracy", "BM_featurize/64 real_time", "Suite.Test". Unique with gate and slice.
  std::map<std::string, std::string> slice;  ///< {"lang": "zh"}; empty: everything.
  Status status = Status::error;
  std::string reason;    ///< A code, see schemas/README.md: "regression_proven", "test_vanished", …
  std::string sentence;  ///< One sentence for people.

  std::optional<double> baseline, candidate;  ///< The values compared.
  std::string unit;                           ///< Of the values: "s", "percent", "".
  Direction direction = Direction::none;
  std::optional<Effect> effect;
  std::optional<double> margin;  ///< The worsening that is tolerated, ≥ 0, in the unit of the effect.
  /// The improvement that must be proven instead, > 0, in the unit of the effect.
  std::optional<double> target;
  std::optional<Limit> limit;
  /// p-value of "the candidate is not worse than the margin" (small: a regression is proven). A gate that
  /// decides by statistics gives it; the suite corrects it for the number of checks (Holm).
  std::optional<double> p_regression;
  std::optional<double> p_non_inferiority;
  std::optional<double> p_corrected;  ///< p_regression after the correction for all checks of the verdict.
  std::optional<CrossCheck> cross_check;
  std::vector<LookRecord> looks;          ///< Those taken, where the measurement declared several.
  bool improved = false;                  ///< The candidate is proven better than the baseline.
  std::map<std::string, std::int64_t> n;  ///< "rows", "pairs", "discordant", "tests", …
  std::string method;                     ///< "Tango score interval", …
  std::vector<std::string> warnings;
  std::string needs;    ///< What would make it decidable; for inconclusive and error.
  std::string details;  ///< Longer text for a report: a failure message, examples.
  std::string file;     ///< Where in the source, if known.
  std::int64_t line = 0;
  std::vector<Attempt> attempts;  ///< Of a test that was run more than once; messages may be shortened.
  std::string
      waiver;  ///< Why a failure was let through; empty if it was not. A waived check has status pass.

  bool operator==(const Check&) const = default;
};

/// What a gate decided.
struct Verdict {
  std::string gate;          ///< "unit", …, or "suite".
  std::string gate_version;  ///< Of the program.
  std::string created;       ///< UTC, "2026-11-23T20:15:00Z".
  Status status = Status::error;
  std::string sentence;  ///< The whole in one sentence.
  Subject candidate;
  std::optional<Subject> baseline;
  bool first_release = false;  ///< Judged by absolute limits alone: there is no baseline.
  double alpha_fail = 0.05, alpha_pass = 0.05;
  std::string plan_digest;                 ///< "sha256:…" of the plan, of a suite's verdict.
  std::string valid_until;                 ///< "2026-12-07" (UTC), its last day; of a suite's verdict.
  std::optional<PipelineRecord> pipeline;  ///< Of a suite's verdict, where something is known of it.
  std::optional<InconclusivePolicy> inconclusive;  ///< Of a suite's verdict.
  std::optional<Sampling> sampling;   ///< Of a suite's verdict over a run that could look more than once.
  std::vector<std::string> left_out;  ///< Gates of the plan that were not asked for (--only).
  std::vector<std::string> warnings;
  std::map<std::string, std::string> environment;
  std::vector<Check> checks;

  bool operator==(const Verdict&) const = default;
};

/// Reads and checks a verdict document. Errors: kind usage with the place.
Verdict verdict_from(const Node& document);
Verdict read_verdict(const std::filesystem::path& path);
/// The document as JSON text; an Error (kind infrastructure) if a number is not finite.
std::string to_json(const Verdict& verdict);

/// Whether the verdict's last day is over on the day `today`: then it lets nothing through any more, because
/// machines, data and waivers do not stay as they were. One that names no day does not expire.
bool has_expired(const Verdict& verdict, const std::string& today);

/// The worst of the checks in the order fail, error, inconclusive, pass. Without a check that passed, failed,
/// erred or was inconclusive there is nothing to decide by: error. Never pass by emptiness.
Status worst(const std::vector<Check>& checks);

}  // namespace modelgate
