#include "reporters/junit/junit.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "reporters/junit/test_case.h"
#include "reporters/junit/timestamp.h"
#include "reporters/junit/xml.h"
#include "reporters/wording/checks.h"
#include "reporters/wording/numbers.h"
#include "reporters/wording/pipeline.h"

namespace modelgate {
namespace {

// GitLab takes files below 30 MB; escaping makes some texts longer.
constexpr std::size_t longest_property = 1000, most_suites_with_properties = 50;
constexpr std::size_t most_text_bytes = 10u << 20, most_bytes_of_a_case = 64u << 10,
                      least_bytes_of_a_case = 512;

struct Totals {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;

  void add(CaseKind kind) {
    ++tests;
    failures += kind == CaseKind::failure ? 1 : 0;
    errors += kind == CaseKind::error ? 1 : 0;
    skipped += kind == CaseKind::skipped ? 1 : 0;
  }
  void add(const Totals& more) {
    tests += more.tests;
    failures += more.failures;
    errors += more.errors;
    skipped += more.skipped;
  }
};

/// A <testsuite>: the checks of one gate.
struct Suite {
  std::string name;  // as it is written
  Totals totals;
  std::string cases;
};

std::string property(const std::string& name, const std::string& value) {
  if (value.empty()) return "";
  return "      <property name=\"" + xml_attribute(name) + "\" value=\"" +
         xml_attribute(value, longest_property) + "\"/>\n";
}

std::string properties_of(const Subject& subject, const std::string& role) {
  return property(role + ".name", subject.name) + property(role + ".version", subject.version) +
         property(role + ".commit", subject.commit) +
         property(role + ".modified", subject.modified ? "true" : "") +
         property(role + ".digest", subject.digest);
}

std::string properties_of(const Verdict& verdict, const Outcome& outcome) {
  constexpr std::size_t most_warnings = 20;
  std::string text = property("modelgate.status", name_of(outcome.status)) +
                     property("modelgate.sentence", verdict.sentence) +
                     property("modelgate.version", verdict.gate_version) +
                     property("modelgate.first_release", verdict.first_release ? "true" : "false") +
                     properties_of(verdict.candidate, "candidate");
  if (verdict.baseline) text += properties_of(*verdict.baseline, "baseline");
  text += property("plan.digest", verdict.plan_digest) + property("pipeline", pipeline_text(verdict));
  for (const std::string& gate : verdict.left_out) text += property("modelgate.left_out", gate);
  for (std::size_t i = 0; i < std::min(verdict.warnings.size(), most_warnings); ++i)
    text += property("modelgate.warning", verdict.warnings[i]);
  return "    <properties>\n" + text + "    </properties>\n";
}

std::string totals_text(const Totals& totals) {
  return " tests=\"" + std::to_string(totals.tests) + "\" failures=\"" + std::to_string(totals.failures) +
         "\" errors=\"" + std::to_string(totals.errors) + "\"";
}

/// A check in the place of many that have no test case of their own.
Check stand_in(const std::string& name, Status status, const std::string& sentence) {
  Check check;
  check.gate = "modelgate";
  check.name = name;
  check.status = status;
  check.sentence = sentence;
  check.reason = "left_out";
  return check;
}

/// Which checks get a test case: all, or where they are too many those that do not simply pass first.
std::set<const Check*> chosen(const Verdict& verdict, std::size_t most) {
  std::vector<const Check*> ordered = in_order(verdict.checks);
  if (ordered.size() > most) ordered.resize(most);
  return {ordered.begin(), ordered.end()};
}

class Report {
 public:
  Report(const Verdict& verdict, const JunitStyle& style) : verdict_(verdict), style_(style) {}

  std::string text() {
    const Outcome outcome = outcome_of(verdict_);
    add_checks();
    add_contradiction(outcome);
    const std::string properties = properties_of(verdict_, outcome);
    const std::string when = is_timestamp(verdict_.created) ? " timestamp=\"" + verdict_.created + "\"" : "";
    Totals all;
    std::string suites;
    for (const Suite& suite : suites_) {
      all.add(suite.totals);
      suites += "  <testsuite name=\"" + suite.name + "\"" + totals_text(suite.totals) + " skipped=\"" +
                std::to_string(suite.totals.skipped) + "\" time=\"0.000\"" + when + ">\n" + properties +
                suite.cases + "  </testsuite>\n";
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"modelgate\"" + totals_text(all) +
           " time=\"0.000\">\n" + suites + "</testsuites>\n";
  }

 private:
  Suite& suite(const std::string& gate) {
    const std::string name = xml_attribute(gate, longest_name);
    const auto [place, is_new] = places_.emplace(name, suites_.size());
    if (is_new) suites_.push_back({name, {}, ""});
    return suites_[place->second];
  }

  /// Of two cases of one identity GitLab keeps the first alone, so a second one is numbered.
  Identity unique(Identity identity, const std::string& suite) {
    const std::string name = identity.name;
    for (std::size_t count = 2; !identities_.insert({suite, identity.classname, identity.name}).second;
         ++count)
      identity.name = name + " (" + std::to_string(count) + ")";
    return identity;
  }

  /// Beside a check that cannot be decided people read whether it blocks.
  Check told(Check check) const {
    if (check.status == Status::inconclusive && !warning_.empty())
      check.warnings.insert(check.warnings.begin(), warning_);
    return check;
  }

  void add(const Check& check, bool is_test, std::size_t most_bytes) {
    Suite& into = suite(check.gate);
    into.totals.add(kind_of(check));
    into.cases += test_case(told(check), unique(identity_of(check, is_test), into.name), most_bytes, style_);
  }

  void add_checks() {
    // Two places are kept for what stands for the rest, and one for a contradiction.
    const std::size_t most =
        verdict_.checks.size() <= style_.most_cases ? style_.most_cases : style_.most_cases - 3;
    const std::set<const Check*> with_case = chosen(verdict_, most);
    const std::size_t most_bytes = std::clamp(most_text_bytes / std::max<std::size_t>(with_case.size(), 1),
                                              least_bytes_of_a_case, most_bytes_of_a_case);
    const std::set<std::string> of_tests = gates_of_tests(verdict_.checks);
    Totals rest;
    for (const Check& check : verdict_.checks) {
      if (with_case.contains(&check))
        add(check, of_tests.contains(check.gate) && is_like_a_test(check), most_bytes);
      else
        rest.add(kind_of(check));
    }
    add_rest(rest);
  }

  /// The totals stay those of the verdict.
  void add_rest(const Totals& rest) {
    if (rest.tests == 0) return;
    const std::string where = "; the verdict document has them all, this file at most " +
                              count_text(static_cast<std::int64_t>(style_.most_cases)) + " test cases";
    const std::size_t red = rest.failures + rest.errors;
    Suite& into = suite("modelgate.left_out");
    const auto stand_for = [&](std::size_t count, const Check& check) {
      if (count > 0)
        into.cases += test_case(check, unique(identity_of(check, false), into.name), 4096, style_);
    };
    stand_for(red, stand_in("checks that do not pass", Status::fail,
                            counted(red, "more check does not pass", "more checks do not pass") + where));
    stand_for(rest.tests - red,
              stand_in("checks that pass", Status::pass,
                       counted(rest.tests - red, "more check passes or is", "more checks pass or are") +
                           " not compared" + where));
    into.totals.add(rest);
  }

  /// A verdict that blocks without a check that does would be green here.
  void add_contradiction(const Outcome& outcome) {
    const bool red = std::any_of(suites_.begin(), suites_.end(), [](const Suite& each) {
      return each.totals.failures + each.totals.errors > 0;
    });
    if (red || (outcome.status == Status::pass && outcome.contradiction.empty())) return;
    Check check = stand_in("verdict", Status::error,
                           outcome.contradiction.empty() ? verdict_.sentence : outcome.contradiction);
    check.reason = "status_contradicts_checks";
    add(check, false, 4096);
  }

  const Verdict& verdict_;
  const JunitStyle& style_;
  std::string warning_ = warning_text(verdict_, outcome_of(verdict_));
  std::vector<Suite> suites_;
  std::map<std::string, std::size_t> places_;
  std::set<std::tuple<std::string, std::string, std::string>> identities_;
};

}  // namespace

std::string junit_text(const Verdict& verdict, const JunitStyle& style) {
  return Report(verdict, style).text();
}

}  // namespace modelgate
