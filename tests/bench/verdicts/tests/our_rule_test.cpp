#include "tests/bench/verdicts/our_rule.h"

#include <gtest/gtest.h>

#include <cmath>

#include "gates/decision/decision.h"
#include "tests/bench/verdicts/processes.h"
#include "tests/bench/verdicts/suite_run.h"

namespace modelgate {
namespace {

constexpr double margin = 0.0488;

TEST(OurRule, is_never_contradicted_by_the_screen) {
  std::int64_t screened = 0, asked = 0;
  const std::vector<NoiseModel> models = noise_models(0.02, 5);
  for (const std::vector<std::int64_t>& looks :
       {std::vector<std::int64_t>{10}, {10, 20, 40}, {5, 12}, {7}, {10, 20, 40, 80}}) {
    const OurRule rule(margin, looks);
    for (const NoiseModel& model : models)
      for (const double effect : {0.0, 0.4, 0.8, 1.0, 1.2, 2.0})
        for (std::uint64_t run = 0; run < 30; ++run) {
          Processes processes(model, 1, looks.back(), 31, run);
          std::vector<double> differences(static_cast<std::size_t>(looks.back()));
          processes.measure(0, differences);
          for (double& difference : differences) difference += effect * margin;
          for (std::size_t look = 0; look < looks.size(); ++look) {
            const auto seen =
                std::span<const double>(differences).first(static_cast<std::size_t>(looks[look]));
            const OurRule::Screened screen = rule.screen(seen, look);
            if (screen == OurRule::Screened::must_ask) {
              ++asked;
              break;
            }
            ++screened;
            const Status status = rule.ask(seen).status;
            EXPECT_EQ(status, screen == OurRule::Screened::passes ? Status::pass : Status::inconclusive)
                << model.name << " effect " << effect << " run " << run << " look " << looks[look];
            if (screen == OurRule::Screened::passes) break;
          }
        }
  }
  EXPECT_GT(screened, 5000);
  EXPECT_GT(asked, 1000);
}

TEST(OurRule, is_asked_where_there_are_ties_or_nothing_differs_from_the_margin) {
  const OurRule rule(0.5, {10});
  EXPECT_EQ(rule.screen(std::vector<double>(10, 1.0), 0), OurRule::Screened::must_ask);
  EXPECT_EQ(rule.screen(std::vector<double>{0, 1, 0.1, 0.2, 0.3, 0.4, 0.45, 2, 3, 4}, 0),
            OurRule::Screened::must_ask);
  EXPECT_EQ(rule.screen(std::vector<double>{0.5, 1.1, 0.1, 0.2, 0.3, 0.4, 0.45, 2, 3, 4}, 0),
            OurRule::Screened::must_ask);
}

/// As run_suite, by the gate alone: every check is asked at every look, and conclude() corrects.
SuiteEnd by_the_gate(const OurRule& rule, Processes& processes, std::size_t benchmarks, std::size_t family,
                     double effect) {
  std::vector<std::vector<double>> differences(benchmarks);
  Verdict verdict;
  for (std::size_t i = 0; i < family; ++i) {
    Check check;
    check.name = std::to_string(i);
    check.status = Status::inconclusive;
    check.p_regression = 1;
    verdict.checks.push_back(check);
  }
  SuiteEnd end;
  std::vector<char> decided(benchmarks, 0);
  for (const std::int64_t look : rule.looks()) {
    for (std::size_t i = 0; i < benchmarks; ++i) {
      if (decided[i]) continue;
      const std::size_t before = differences[i].size();
      differences[i].resize(static_cast<std::size_t>(look));
      processes.measure(i, std::span(differences[i]).subspan(before));
      for (std::size_t k = before; k < differences[i].size(); ++k) differences[i][k] += effect;
      end.check_pairs += look - static_cast<std::int64_t>(before);
      end.run_pairs = look;
      const OurRule::Answer answer = rule.ask(differences[i]);
      verdict.checks[i].status = answer.status;
      verdict.checks[i].p_regression = answer.p_regression;
    }
    conclude(verdict);
    for (std::size_t i = 0; i < benchmarks; ++i)
      decided[i] = verdict.checks[i].status == Status::pass || verdict.checks[i].status == Status::fail;
  }
  for (std::size_t i = 0; i < benchmarks; ++i) {
    end.passed += verdict.checks[i].status == Status::pass;
    end.failed += verdict.checks[i].status == Status::fail;
    end.inconclusive += verdict.checks[i].status == Status::inconclusive;
  }
  return end;
}

TEST(SuiteRun, ends_as_the_gate_ends_that_is_asked_everything) {
  const std::vector<NoiseModel> models = noise_models(0.02, 5);
  std::int64_t failed = 0, passed = 0, inconclusive = 0;
  for (const std::size_t model : {0u, 3u, 5u, 8u})
    for (const double effect : {0.0, 0.5, 1.0, 1.5, 2.0})
      for (const std::size_t family : {1u, 12u, 60u})
        for (std::uint64_t run = 0; run < 4; ++run) {
          const std::size_t benchmarks = std::min<std::size_t>(family, 12);
          const OurRule rule(margin, {10, 20, 40});
          Processes one(models[model], benchmarks, 40, 41, run),
              other(models[model], benchmarks, 40, 41, run);
          const SuiteEnd fast = run_suite(rule, one, benchmarks, family, effect * margin);
          const SuiteEnd slow = by_the_gate(rule, other, benchmarks, family, effect * margin);
          EXPECT_EQ(fast.passed, slow.passed) << models[model].name << " " << effect << " " << family;
          EXPECT_EQ(fast.failed, slow.failed) << models[model].name << " " << effect << " " << family;
          EXPECT_EQ(fast.inconclusive, slow.inconclusive);
          EXPECT_EQ(fast.check_pairs, slow.check_pairs);
          EXPECT_EQ(fast.run_pairs, slow.run_pairs);
          failed += fast.failed, passed += fast.passed, inconclusive += fast.inconclusive;
        }
  EXPECT_GT(failed, 50);
  EXPECT_GT(passed, 50);
  EXPECT_GT(inconclusive, 50);
}

}  // namespace
}  // namespace modelgate
