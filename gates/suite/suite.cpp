#include "gates/suite/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "gates/decision/decision.h"
#include "gates/quality/checks/check_text.h"
#include "gates/quality/slices/slice_demands.h"
#include "gates/suite/waivers.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

/// An error in the place of a gate or check that should have decided something.
Check missing(const std::string& gate, const std::string& name, const std::string& reason,
              const std::string& sentence, const std::string& needs) {
  Check check;
  check.gate = gate;
  check.name = name;
  check.status = Status::error;
  check.reason = reason;
  check.sentence = sentence;
  check.needs = needs;
  return check;
}

/// True if a verdict's subject is not the one that was asked for; or, where nobody said which, not the one
/// that the verdicts before it judged.
bool is_another(const Subject& asked_for, const Subject& before, const Subject& judged) {
  if (!asked_for.digest.empty()) return judged.digest != asked_for.digest;
  return !before.digest.empty() && !judged.digest.empty() && judged.digest != before.digest;
}

/// Why a verdict cannot be taken for this comparison; empty if it can.
std::string foreign(const Verdict& verdict, const PlanGate& gate, const Plan& plan,
                    const Expectation& expectation, const Verdict& suite) {
  if (verdict.gate != gate.name) return "it is of the gate '" + verdict.gate + "'";
  if (is_another(expectation.candidate, suite.candidate, verdict.candidate))
    return "it judges another candidate";
  if (verdict.first_release != expectation.first_release)
    return verdict.first_release ? "it compared nothing, as for a first release"
                                 : "it is not of a first release";
  if (verdict.first_release && verdict.baseline) return "it is of a first release and names a baseline";
  if (!verdict.first_release && is_another(expectation.baseline, suite.baseline.value_or(Subject{}),
                                           verdict.baseline.value_or(Subject{})))
    return verdict.baseline ? "it compares with another baseline" : "it compares with no baseline";
  if (!(verdict.alpha_fail == plan.alpha_fail && verdict.alpha_pass == plan.alpha_pass))
    return "it was decided at other error rates than the plan's";
  if (std::any_of(verdict.checks.begin(), verdict.checks.end(),
                  [&](const Check& check) { return check.gate != gate.name; }))
    return "it holds checks of another gate";
  // A status that its own checks contradict was not written by a gate.
  if (verdict.status != worst(verdict.checks)) return "its status is not that of its checks";
  if (std::any_of(verdict.checks.begin(), verdict.checks.end(),
                  [](const Check& check) { return !check.waiver.empty(); }))
    return "it waives a check, which only the plan may do";
  return "";
}

/// A check is its gate, name and slice. Of two with the same identity one would hide the other.
std::optional<std::string> repeated(const std::vector<Check>& checks) {
  std::set<std::pair<std::string, std::map<std::string, std::string>>> seen;
  for (const Check& check : checks)
    if (!seen.insert({check.name, check.slice}).second) return check.name;
  return std::nullopt;
}

/// Fills in what is not known yet of a subject.
void complete(Subject& known, const Subject& judged) {
  if (known.digest.empty() && known.version.empty()) {
    known = judged;
  } else if (known.digest.empty()) {
    known.digest = judged.digest;
  }
}

/// What gates warn of. Gates that judge one run repeat its notes; each is told once.
class GateWarnings {
 public:
  void add(const std::string& gate, const std::string& warning) {
    const auto same =
        std::find_if(told_.begin(), told_.end(), [&](const auto& entry) { return entry.second == warning; });
    if (same == told_.end())
      told_.push_back({gate, warning});
    else
      same->first += ", " + gate;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const auto& [gates, warning] : told_) texts.push_back(gates + ": " + warning);
    return texts;
  }

 private:
  std::vector<std::pair<std::string, std::string>> told_;
};

std::vector<Check> checks_of(const PlanGate& gate, const Plan& plan, const std::filesystem::path& verdicts,
                             const Expectation& expectation, Verdict& suite, GateWarnings& warnings) {
  const std::filesystem::path file = verdicts / (gate.name + ".json");
  const std::string again = "a new run; logs/gate-" + gate.name + ".err may say what went wrong";
  std::error_code failure;
  if (std::filesystem::symlink_status(file, failure).type() == std::filesystem::file_type::not_found)
    return {missing(gate.name, "verdict", "verdict_missing", "the gate left no verdict", again)};
  Verdict verdict;
  try {
    verdict = read_verdict(file);
  } catch (const Error& error) {
    return {missing(gate.name, "verdict", "verdict_unreadable",
                    "the gate's verdict cannot be read: " + error.where() + ": " + error.message(), again)};
  }
  if (const std::string why = foreign(verdict, gate, plan, expectation, suite); !why.empty())
    return {missing(gate.name, "verdict", "verdict_foreign",
                    "the gate's verdict does not belong here: " + why, again)};
  if (verdict.checks.empty())
    return {missing(gate.name, "verdict", "verdict_empty",
                    "the gate decided nothing: its verdict has no checks", again)};
  if (const auto name = repeated(verdict.checks))
    return {missing(gate.name, "verdict", "check_repeated",
                    "the gate's verdict has two checks '" + *name + "'", again)};

  std::vector<Check> checks = verdict.checks;
  for (const DeclaredCheck& declared : declared_checks(gate)) {
    const bool there = std::any_of(verdict.checks.begin(), verdict.checks.end(), [&](const Check& check) {
      return check.name == declared.name && check.slice.size() == declared.by.size() &&
             std::all_of(declared.by.begin(), declared.by.end(),
                         [&](const std::string& field) { return check.slice.contains(field); });
    });
    // A gate that could not read its data has no check of each name, but says why: that is error enough.
    if (!there && verdict.status != Status::error)
      checks.push_back(
          missing(gate.name, declared.name + (declared.by.empty() ? "" : " by " + listing(declared.by)),
                  "check_missing", "the plan declares this check and the gate did not decide it", again));
  }
  // In a comparison a gate that compared nothing would let everything through.
  const bool nothing = std::all_of(verdict.checks.begin(), verdict.checks.end(),
                                   [](const Check& check) { return check.status == Status::not_compared; });
  if (nothing && !expectation.first_release)
    checks.push_back(missing(gate.name, "verdict", "nothing_compared",
                             "the gate compared nothing: all of its checks are without a counterpart",
                             again));
  if (verdict.baseline)
    complete(suite.baseline ? *suite.baseline : suite.baseline.emplace(), *verdict.baseline);
  complete(suite.candidate, verdict.candidate);
  if (suite.environment.empty()) suite.environment = verdict.environment;
  for (const std::string& warning : verdict.warnings) warnings.add(gate.name, warning);
  return checks;
}

/// "10 process pairs and 250 of 400 rows in 31 s of 30 s"
std::string spent(const Sampling& sampling) {
  const auto of = [](const auto& budget, const std::string& unit) {
    return budget ? fmt::format(" of {:g}{}", static_cast<double>(*budget), unit) : "";
  };
  std::string samples;
  if (sampling.pairs > 0 || sampling.rows == 0)
    samples = fmt::format("{}{} process pairs", sampling.pairs, of(sampling.budget_pairs, ""));
  if (sampling.rows > 0)
    samples += fmt::format("{}{}{} rows", samples.empty() ? "" : " and ", sampling.rows,
                           of(sampling.budget_rows, ""));
  return fmt::format("{} in {:.3g} s{}", samples, sampling.seconds, of(sampling.budget_seconds, " s"));
}

/// Those of gates that were left out meet nothing, and that says nothing about them.
std::vector<Waiver> waivers_in_force(const Plan& plan, const std::vector<std::string>& left_out) {
  std::vector<Waiver> waivers;
  for (const Waiver& waiver : plan.waivers) {
    const std::string gate = waiver.check.substr(0, waiver.check.find('/'));
    if (std::find(left_out.begin(), left_out.end(), gate) == left_out.end()) waivers.push_back(waiver);
  }
  return waivers;
}

bool asked_for(const std::vector<std::string>& only, const std::string& name) {
  return only.empty() || std::find(only.begin(), only.end(), name) != only.end();
}

/// What a setting of the gate says; none if it is not set.
std::vector<std::string> setting(const PlanGate& gate, const std::string& key) {
  for (const PlanSetting& setting : gate.settings)
    if (setting.key == key) return setting.values;
  return {};
}

}  // namespace

std::vector<DeclaredCheck> declared_checks(const PlanGate& gate) {
  if (gate.kind != "quality") return {};
  std::vector<DeclaredCheck> declared;
  try {
    std::vector<CheckText> checks;
    for (const std::string& text : setting(gate, "checks")) checks.push_back(parse_check(text));
    checks = with_slices(checks, setting(gate, "slices"));
    expected_slices(setting(gate, "expect_slices"), checks);
    for (const CheckText& check : checks) {
      const std::vector<std::string> by = shown_names(slicing_of(check));
      if (check.margin) declared.push_back({check.name, by});
      if (check.maximum) declared.push_back({check.name + " max", by});
      if (check.minimum) declared.push_back({check.name + " min", by});
    }
  } catch (const Error& error) {
    // Said with the gate's place in the plan.
    throw usage_error(gate.where, error.where() + ": " + error.message(), error.hint());
  }
  if (!setting(gate, "contaminated").empty()) declared.push_back({"contamination max", {}});
  if (!setting(gate, "repeated").empty()) declared.push_back({"repeated texts max", {}});
  return declared;
}

Verdict join_verdicts(const Plan& plan, const std::filesystem::path& verdicts,
                      const Expectation& expectation) {
  std::vector<std::string> names;
  for (const PlanGate& gate : plan.gates) names.push_back(gate.name);
  for (const std::string& name : expectation.only)
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw usage_error("--only", "the plan has no gate '" + name + "'", did_you_mean(name, names));

  GateOptions options;
  options.gate_name = "suite";
  options.first_release = expectation.first_release;
  options.alpha_fail = plan.alpha_fail;
  options.alpha_pass = plan.alpha_pass;
  Verdict suite = new_verdict(options, "suite");
  suite.candidate = expectation.candidate;
  suite.candidate.role = Role::candidate;
  suite.first_release = expectation.first_release;
  suite.plan_digest = plan.digest;
  suite.sampling = expectation.sampling;
  if (!expectation.pipeline.empty()) suite.pipeline = pipeline_record_from(expectation.pipeline);
  if (!expectation.first_release && !expectation.baseline.digest.empty()) {
    suite.baseline = expectation.baseline;
    suite.baseline->role = Role::baseline;
  }
  GateWarnings warnings;
  for (const PlanGate& gate : plan.gates) {
    if (!asked_for(expectation.only, gate.name)) {
      suite.left_out.push_back(gate.name);
      continue;
    }
    for (Check& check : checks_of(gate, plan, verdicts, expectation, suite, warnings))
      suite.checks.push_back(std::move(check));
  }
  suite.warnings = warnings.texts();
  suite.warnings.insert(suite.warnings.end(), expectation.notes.begin(), expectation.notes.end());
  if (suite.sampling && suite.sampling->ended == "budget")
    suite.warnings.push_back("the budget was spent before everything was decided: " + spent(*suite.sampling));
  suite.valid_until = day_after(expectation.today, plan.verdict_days);
  conclude(suite);
  if (apply_waivers(suite, waivers_in_force(plan, suite.left_out), expectation.today)) conclude(suite);
  apply_policy(suite, policy_of(plan, expectation.policy));
  return suite;
}

}  // namespace modelgate
