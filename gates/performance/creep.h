#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// The verdicts that let the releases before this one through.
class History {
 public:
  History() = default;
  /// All verdicts in the folder. Errors: kind usage if it is no folder, or a file is no verdict.
  explicit History(const std::filesystem::path& folder);
  explicit History(std::vector<Verdict> verdicts) : verdicts_(std::move(verdicts)) {}

  /// The verdict that let a version through; null if it is not known.
  const Verdict* of(const std::string& version) const;

 private:
  std::vector<Verdict> verdicts_;
};

/// What the changes of the last releases add up to.
struct Creep {
  std::string since;          ///< The version against which the first of them was judged.
  std::int64_t releases = 0;  ///< Changes that are added up; the candidate's is the last.
  /// Of the sum of the log-ratios of candidate and baseline (positive: the value grew), with one-sided
  /// bounds.
  double estimate = 0, lower = 0, upper = 0;
  double confidence = 0.95;  ///< Of each bound.
};

/// Adds the changes of the same check in the verdicts that led to the baseline, at most `releases` changes
/// with the candidate's own, to that of the check. Ends where a verdict is not known, or has no such check
/// with an effect in percent. Nothing if the check itself has none.
std::optional<Creep> creep_of(const Check& check, const std::string& baseline_version, const History& history,
                              std::int64_t releases);

/// Judges what the changes add up to by a limit (a share): a check called "NAME creep". `alpha_fail` and
/// `alpha_pass` of the verdict.
Check judge_creep(const Check& check, const Creep& creep, double limit, const Verdict& verdict);

/// "each release passed; together +11.2 % since v1.0.0 (3 releases, 95 % bounds +8.1 % to +14.4 %)"
std::string creep_in_words(const Creep& creep);

}  // namespace modelgate
