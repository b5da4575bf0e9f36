#include "gates/unit/unit.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "gates/decision/problems.h"
#include "gates/unit/flakiness.h"
#include "gates/unit/test_outcome.h"

namespace modelgate {
namespace {

std::vector<const CaseSeries*> series_of(const Measurements& measurements) {
  std::vector<const CaseSeries*> all;
  for (const Series& series : measurements.series)
    if (const auto* cases = std::get_if<CaseSeries>(&series)) all.push_back(cases);
  return all;
}

/// The tests of both sides, joined by name, in the order of the baseline and then of the candidate.
class JoinedTests {
 public:
  JoinedTests(const std::vector<const CaseSeries*>& before, const std::vector<const CaseSeries*>& now)
      : with_series_(before.size() > 1 || now.size() > 1) {
    add(before, &TestPair::before);
    add(now, &TestPair::now);
  }

  const std::vector<TestPair>& pairs() const { return pairs_; }
  bool has(const std::string& name) const { return places_.contains(name); }
  /// A side names the test twice, so that its outcome is not known.
  bool repeated(const TestPair& test) const {
    return std::find(repeated_.begin(), repeated_.end(), test.name) != repeated_.end();
  }

 private:
  void add(const std::vector<const CaseSeries*>& all, const Case* TestPair::*side) {
    for (const CaseSeries* series : all)
      for (const Case& test : series->cases) {
        std::string name = with_series_ ? series->name + ": " + test.name : test.name;
        const auto [place, is_new] = places_.emplace(name, pairs_.size());
        if (is_new) pairs_.push_back({std::move(name), nullptr, nullptr});
        TestPair& pair = pairs_[place->second];
        if (pair.*side != nullptr) repeated_.push_back(pair.name);
        pair.*side = &test;
      }
  }

  bool with_series_;
  std::vector<TestPair> pairs_;
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<std::string> repeated_;
};

/// What became of the candidate's tests.
struct Tally {
  std::int64_t listed = 0, judged = 0, passed = 0, skipped = 0, known_failures = 0, not_run = 0, flaky = 0;

  void add(const TestPair& test, const Check& check) {
    if (test.now == nullptr) return;
    const CaseStatus now = judged_status(*test.now);
    ++listed;
    passed += now == CaseStatus::passed ? 1 : 0;
    skipped += now == CaseStatus::skipped ? 1 : 0;
    not_run += now == CaseStatus::not_run ? 1 : 0;
    flaky += is_flaky(test.now->attempts) ? 1 : 0;
    known_failures += check.reason == "known_failure" ? 1 : 0;
    judged += ran(now) && (check.status == Status::pass || check.status == Status::fail) ? 1 : 0;
  }

  std::string rest_in_words() const {
    std::string words;
    for (const auto& [count, word] :
         {std::pair{skipped, "skipped"}, {known_failures, "known to fail"}, {not_run, "without an outcome"}})
      if (count > 0) words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + word;
    return words;
  }
};

std::string counted_tests(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " test" : " tests");
}

/// Are there tests at all, and as many as declared?
Check judge_number(const Tally& tally, std::optional<std::size_t> baseline_tests,
                   const UnitDemands& demands) {
  Check check;
  check.n = {{"tests", tally.listed},
             {"judged", tally.judged},
             {"passed", tally.passed},
             {"skipped", tally.skipped},
             {"known_failures", tally.known_failures}};
  if (tally.flaky > 0) {
    check.n["flaky"] = tally.flaky;
    check.warnings.push_back(std::to_string(tally.flaky) + " of " + counted_tests(tally.listed) +
                             (tally.flaky == 1 ? " is flaky: it" : " are flaky: they") +
                             " passed only when run again");
  }
  check.candidate = static_cast<double>(tally.judged);
  check.limit = Limit{Limit::Kind::minimum, static_cast<double>(demands.minimum_tests)};
  const std::string rest = tally.rest_in_words();
  const std::string seen = counted_tests(tally.judged) + (tally.judged == 1 ? " was" : " were") + " judged" +
                           (rest.empty() ? "" : " (besides " + rest + ")");
  check.status = Status::error;
  if (tally.listed == 0) {
    check.reason = "no_tests";
    check.sentence = "the candidate has no tests";
    check.needs = "a measurement of tests";
  } else if (baseline_tests == 0u) {
    check.reason = "baseline_without_tests";
    check.sentence = "the baseline has no tests, so nothing was compared";
    check.needs = "a measurement of the baseline's tests";
  } else if (tally.judged == 0) {
    check.reason = "nothing_judged";
    check.sentence = "no test of the candidate could be judged: " + rest;
    check.needs = "a test that runs";
  } else if (tally.judged >= demands.minimum_tests) {
    check.status = Status::pass;
    check.reason = "enough_tests";
    check.sentence = seen;
    if (demands.minimum_tests > 1)
      check.sentence += ", at least " + std::to_string(demands.minimum_tests) + " are declared";
  } else {
    check.status = Status::fail;
    check.reason = "too_few_tests";
    check.sentence = seen + ", and " + std::to_string(demands.minimum_tests) + " are declared";
  }
  return check;
}

}  // namespace

std::vector<Check> judge_tests(const std::optional<Measurements>& baseline, const Measurements& candidate,
                               const UnitDemands& demands, const std::string& gate) {
  std::vector<Check> checks;
  if (baseline) checks = problem_checks(*baseline, gate, "cases");
  for (Check& check : problem_checks(candidate, gate, "cases")) checks.push_back(std::move(check));
  const std::size_t number_place = checks.size();
  checks.emplace_back();

  const auto before = baseline ? series_of(*baseline) : std::vector<const CaseSeries*>{};
  const JoinedTests tests(before, series_of(candidate));
  Tally tally;
  for (const TestPair& test : tests.pairs()) {
    Check check = judge_test(test, gate, {!baseline, demands.fail_on_flaky});
    if (tests.repeated(test)) {
      check.status = Status::error;
      check.reason = "test_repeated";
      check.sentence = test.name + ": is reported more than once by one side";
      check.needs = "one outcome for each test";
    }
    tally.add(test, check);
    checks.push_back(std::move(check));
  }
  std::optional<std::size_t> baseline_tests;
  if (baseline) {
    baseline_tests = 0;
    for (const CaseSeries* series : before) *baseline_tests += series->cases.size();
  }
  Check& number = checks[number_place] = judge_number(tally, baseline_tests, demands);
  number.gate = gate;
  number.name = tests.has("tests") ? "tests (their number)" : "tests";
  number.sentence = "tests: " + number.sentence;
  return checks;
}

}  // namespace modelgate
