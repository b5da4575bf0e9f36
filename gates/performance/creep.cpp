// Does a benchmark get worse release by release, each time within its margin?
//
// Every release was compared with the one before on one machine, so its change is free of machines, and
// changes of a chain of releases add up on the log scale. Each was measured by itself, so the distances
// between estimate and bounds add up as squares (MOVER: Zou & Donner 2008; Newcombe's square-and-add). Errors
// of the estimates add up, too: where the bounds are too wide for a verdict, measuring the oldest release
// again decides.

#include "gates/performance/creep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gates/decision/decision.h"
#include "gates/performance/performance.h"
#include "gates/performance/wording.h"
#include "gates/statistics/distributions.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// A change as a log-ratio.
struct Change {
  double estimate = 0, lower = -INFINITY, upper = INFINITY;
};

std::optional<Change> change_of(const Check& check) {
  if (!check.effect || check.effect->unit != "percent" || check.limit) return std::nullopt;
  const auto log_of = [](double percent) { return std::log1p(percent / 100); };
  Change change{log_of(check.effect->estimate), -INFINITY, INFINITY};
  if (check.effect->lower) change.lower = log_of(*check.effect->lower);
  if (check.effect->upper) change.upper = log_of(*check.effect->upper);
  if (!std::isfinite(change.estimate)) return std::nullopt;
  return change;
}

const Check* same_check(const Check& check, const Verdict& verdict) {
  const auto found = std::find_if(verdict.checks.begin(), verdict.checks.end(), [&](const Check& other) {
    return other.gate == check.gate && other.name == check.name && other.slice == check.slice;
  });
  return found == verdict.checks.end() ? nullptr : &*found;
}

double percent(double log_ratio) { return 100 * std::expm1(log_ratio); }

/// The p-value of "the sum is at most `limit`", by the normal distribution whose quantiles the bounds are.
double p_beyond(double estimate, double bound, double limit, double confidence) {
  const double distance = std::abs(estimate - bound);
  if (!(distance > 0)) return estimate > limit ? 0 : 1;
  return normal_upper((estimate - limit) / (distance / normal_quantile(confidence)));
}

}  // namespace

History::History(const fs::path& folder) {
  std::error_code failure;
  if (!fs::is_directory(folder, failure))
    throw usage_error("--history", folder.string() + " is not a folder",
                      "Name the folder into which modelgate-baseline checkout --history wrote.");
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) verdicts_.push_back(read_verdict(file));
}

const Verdict* History::of(const std::string& version) const {
  if (version.empty()) return nullptr;
  const auto found = std::find_if(verdicts_.begin(), verdicts_.end(), [&](const Verdict& verdict) {
    return verdict.candidate.version == version;
  });
  return found == verdicts_.end() ? nullptr : &*found;
}

std::optional<Creep> creep_of(const Check& check, const std::string& baseline_version, const History& history,
                              std::int64_t releases) {
  const std::optional<Change> own = change_of(check);
  if (!own) return std::nullopt;
  Creep creep{baseline_version, 1, own->estimate, 0, 0, check.effect->confidence};
  double below = std::pow(own->estimate - own->lower, 2), above = std::pow(own->upper - own->estimate, 2);
  while (creep.releases < releases) {
    const Verdict* verdict = history.of(creep.since);
    if (verdict == nullptr || !verdict->baseline) break;
    const Check* before = same_check(check, *verdict);
    const std::optional<Change> change = before == nullptr ? std::nullopt : change_of(*before);
    // Bounds of another confidence cannot be added to these.
    if (!change || before->effect->confidence != creep.confidence) break;
    creep.since = verdict->baseline->version;
    ++creep.releases;
    creep.estimate += change->estimate;
    below += std::pow(change->estimate - change->lower, 2);
    above += std::pow(change->upper - change->estimate, 2);
  }
  creep.lower = creep.estimate - std::sqrt(below);
  creep.upper = creep.estimate + std::sqrt(above);
  return creep;
}

std::string creep_in_words(const Creep& creep) {
  std::string words = fmt::format("together {:+.1f} % since {} ({} release{}", percent(creep.estimate),
                                  creep.since.empty() ? "the baseline" : creep.since, creep.releases,
                                  creep.releases == 1 ? "" : "s");
  if (std::isfinite(creep.lower) && std::isfinite(creep.upper))
    words += fmt::format(", {:.0f} % bounds {:+.1f} % to {:+.1f} %", 100 * creep.confidence,
                         percent(creep.lower), percent(creep.upper));
  return words + ")";
}

Check judge_creep(const Check& judged, const Creep& creep, double limit, const Verdict& verdict) {
  const bool is_rate = judged.direction == Direction::higher_is_better;
  const double sign = is_rate ? -1 : 1;
  // As badness: positive is worse.
  const double estimate = sign * creep.estimate;
  const double lower = is_rate ? -creep.upper : creep.lower, upper = is_rate ? -creep.lower : creep.upper;
  const double margin = is_rate ? -std::log1p(-limit) : std::log1p(limit);

  Check check;
  check.gate = verdict.gate;
  check.name = judged.name + " creep";
  check.direction = judged.direction;
  check.margin = 100 * limit;
  if (is_rate && !(limit < 1))
    return error_check(check, "margin_unusable",
                       fmt::format("{}: no rate can fall by {:g} %", check.name, 100 * limit),
                       "a creep below 100 %");
  Effect effect{percent(creep.estimate), std::nullopt, std::nullopt, creep.confidence, "percent"};
  if (std::isfinite(creep.lower)) effect.lower = percent(creep.lower);
  if (std::isfinite(creep.upper)) effect.upper = percent(creep.upper);
  check.effect = effect;
  check.n["releases"] = creep.releases;
  check.method = "changes of successive releases added up, distances to the bounds squared and added";
  check.p_regression = p_beyond(estimate, lower, margin, creep.confidence);
  check.p_non_inferiority = p_beyond(-estimate, -upper, -margin, creep.confidence);
  // The bound that belongs to alpha_pass, as the p-value says it.
  const bool held = *check.p_non_inferiority <= verdict.alpha_pass;
  check.status = decide({*check.p_regression, held ? std::min(upper, margin) : INFINITY, margin, ""},
                        verdict.alpha_fail);
  const std::string limit_words = fmt::format("the creep of {:.3g} % that is allowed", 100 * limit);
  check.reason = check.status == Status::fail   ? "regression_proven"
                 : check.status == Status::pass ? "non_inferiority_proven"
                                                : "cannot_tell";
  check.sentence = judged.name + ": " + creep_in_words(creep) +
                   (check.status == Status::fail   ? ", more than "
                    : check.status == Status::pass ? ", within "
                                                   : ": not clear of ") +
                   limit_words + (check.status == Status::inconclusive ? " on either side" : "");
  if (check.status == Status::inconclusive)
    check.needs = creep.releases > 1
                      ? "a comparison with " + creep.since + " itself (modelgate run --baseline " +
                            creep.since + "), or more pairs"
                      : "more pairs";
  return check;
}

void judge_creeps(const History& history, const PerformanceDemands& demands, const Verdict& verdict,
                  std::vector<Check>& checks) {
  const std::string version = verdict.baseline ? verdict.baseline->version : "";
  std::vector<Check> creeps;
  for (Check& check : checks) {
    if (check.limit) continue;
    const std::optional<Creep> creep = creep_of(check, version, history, demands.creep_releases);
    if (!creep) continue;
    const bool is_rate = check.direction == Direction::higher_is_better;
    if (creep->releases > 1 && (is_rate ? creep->upper < 0 : creep->lower > 0))
      check.warnings.push_back("each release passed; " + creep_in_words(*creep));
    if (demands.creep) creeps.push_back(judge_creep(check, *creep, *demands.creep, verdict));
  }
  checks.insert(checks.end(), creeps.begin(), creeps.end());
}

}  // namespace modelgate
