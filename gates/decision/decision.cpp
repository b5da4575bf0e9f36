#include "gates/decision/decision.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gates/statistics/multiple_testing.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

std::string counted(std::size_t count, const std::string& singular, const std::string& plural) {
  return std::to_string(count) + " " + (count == 1 ? singular : plural);
}

std::size_t count_of(const std::vector<Check>& checks, Status status) {
  return static_cast<std::size_t>(std::count_if(checks.begin(), checks.end(),
                                                [&](const Check& check) { return check.status == status; }));
}

/// The names of the first checks of a status, for the verdict's sentence.
std::string some_names(const Verdict& verdict, Status status) {
  std::string names;
  std::size_t shown = 0;
  for (const Check& check : verdict.checks) {
    if (check.status != status) continue;
    if (++shown > 3) return names + ", …";
    // A suite's checks are of several gates, and two may have the same name.
    names += (names.empty() ? "" : ", ") + (check.gate == verdict.gate ? "" : check.gate + "/") + check.name;
    for (const auto& [field, value] : check.slice) names += " [" + field + "=" + value + "]";
  }
  return names;
}

/// "2 of 14 checks fail", "1 of 14 checks fails", "the check fails".
std::string share(std::size_t count, std::size_t all, const std::string& singular,
                  const std::string& plural) {
  if (all == 1) return "the check " + singular;
  return std::to_string(count) + " of " + std::to_string(all) + " checks " + (count == 1 ? singular : plural);
}

std::string whole_sentence(const Verdict& verdict) {
  const std::vector<Check>& checks = verdict.checks;
  const auto shared_by = [&](Status status, const std::string& singular, const std::string& plural) {
    return share(count_of(checks, status), checks.size(), singular, plural) + ": " +
           some_names(verdict, status);
  };
  std::string sentence;
  switch (verdict.status) {
    case Status::pass: {
      const std::size_t passed = count_of(checks, Status::pass), rest = checks.size() - passed;
      sentence = rest == 0
                     ? (passed == 1 ? "the check passes" : "all " + std::to_string(passed) + " checks pass")
                     : counted(passed, "check passes", "checks pass") + ", " + counted(rest, "is", "are") +
                           " not compared";
      break;
    }
    case Status::fail:
      sentence = shared_by(Status::fail, "fails", "fail");
      break;
    case Status::inconclusive:
      sentence = shared_by(Status::inconclusive, "cannot be decided", "cannot be decided");
      break;
    case Status::error:
    case Status::not_compared:
      sentence = count_of(checks, Status::error) == 0
                     ? "nothing was decided"
                     : shared_by(Status::error, "could not be judged", "could not be judged");
  }
  const auto flaky =
      static_cast<std::size_t>(std::count_if(checks.begin(), checks.end(), [](const Check& check) {
        return check.status == Status::pass && check.waiver.empty() && is_flaky(check.attempts);
      }));
  const auto waived = static_cast<std::size_t>(
      std::count_if(checks.begin(), checks.end(), [](const Check& check) { return !check.waiver.empty(); }));
  if (waived > 0) sentence += "; " + counted(waived, "failure is waived", "failures are waived");
  if (flaky > 0) sentence += "; " + counted(flaky, "test is flaky", "tests are flaky");
  if (!verdict.left_out.empty()) sentence += "; left out: " + listing(verdict.left_out);
  if (verdict.first_release)
    sentence = "first release, no baseline: judged by absolute limits alone; " + sentence;
  return sentence;
}

/// What would make a failure hold beside so many other checks. The p-value of evidence that keeps its size
/// falls about exponentially with the number of values, so that their logarithms tell how many more it takes.
std::string what_would_prove(const Check& check, double p, double alpha, std::size_t checks) {
  const double needed = alpha / static_cast<double>(checks);
  const std::string why = fmt::format(
      "the p-value must fall from {:.2g} to {:.2g}, because {} checks share the error rate of {:g}", p,
      needed, checks, alpha);
  const double times = std::log(needed) / std::log(p);
  if (!(p > 0 && p < 1 && times > 1)) return "more data: " + why;
  std::string data = fmt::format("about {:.1f} times the data", std::max(times, 1.1));
  for (const char* unit : {"pairs", "clusters", "rows"})
    if (const auto n = check.n.find(unit); n != check.n.end() && n->second > 0) {
      data = fmt::format("about {:.0f} {} instead of {}", std::ceil(static_cast<double>(n->second) * times),
                         unit, n->second);
      break;
    }
  return data + ", if the change stays as large: " + why;
}

void correct_for_many(Verdict& verdict) {
  std::vector<Check*> family;
  std::vector<double> p_values;
  for (Check& check : verdict.checks)
    if (check.p_regression && check.waiver.empty()) {
      family.push_back(&check);
      p_values.push_back(*check.p_regression);
    }
  // A p-value that is no probability cannot be corrected, and nothing may rest on it.
  for (std::size_t i = 0; i < family.size(); ++i)
    if (!(p_values[i] >= 0 && p_values[i] <= 1)) {
      family[i]->status = Status::error;
      family[i]->reason = "not_a_number";
      p_values[i] = 1;
    }
  const std::vector<double> adjusted = holm(p_values);
  for (std::size_t i = 0; i < family.size(); ++i) {
    Check& check = *family[i];
    check.p_corrected = adjusted[i];
    if (check.status != Status::fail || adjusted[i] <= verdict.alpha_fail) continue;
    check.status = Status::inconclusive;
    check.reason = "not_proven_among_many";
    check.sentence +=
        "; with " + counted(family.size(), "check", "checks") + " judged together this could be chance";
    const auto proven = static_cast<std::size_t>(
        std::count_if(adjusted.begin(), adjusted.end(), [&](double p) { return p <= verdict.alpha_fail; }));
    check.needs = what_would_prove(check, p_values[i], verdict.alpha_fail, family.size() - proven);
  }
}

}  // namespace

Status decide(const Evidence& evidence, double alpha_fail) {
  const bool numbers = !std::isnan(evidence.p_regression) && !std::isnan(evidence.upper) &&
                       !std::isnan(evidence.margin) && !std::isnan(alpha_fail);
  if (!numbers) return Status::error;
  if (!evidence.doubt.empty()) return Status::inconclusive;
  if (evidence.p_regression <= alpha_fail) return Status::fail;
  if (evidence.upper <= evidence.margin) return Status::pass;
  return Status::inconclusive;
}

void conclude(Verdict& verdict) {
  correct_for_many(verdict);
  verdict.status = worst(verdict.checks);
  verdict.sentence = whole_sentence(verdict);
}

}  // namespace modelgate
