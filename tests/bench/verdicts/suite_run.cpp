#include "tests/bench/verdicts/suite_run.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "gates/statistics/multiple_testing.h"

namespace modelgate {
namespace {

/// A check that the gate had to be asked about.
struct Asked {
  std::size_t benchmark;
  OurRule::Answer answer;
};

class SuiteRun {
 public:
  SuiteRun(const OurRule& rule, Processes& processes, std::size_t benchmarks, std::size_t family,
           double effect)
      : rule_(rule),
        processes_(processes),
        effect_(effect),
        stride_(static_cast<std::size_t>(rule.most_pairs())),
        differences_(room_for(benchmarks * stride_)),
        open_(benchmarks),
        was_asked_(benchmarks, 0),
        p_regression_(std::max(family, benchmarks), 1.0) {
    std::iota(open_.begin(), open_.end(), std::size_t{0});
  }

  SuiteEnd run() {
    std::int64_t before = 0;
    for (std::size_t look = 0; look < rule_.looks().size() && !open_.empty(); ++look) {
      const std::int64_t now = rule_.looks()[look];
      end_.check_pairs += (now - before) * static_cast<std::int64_t>(open_.size());
      end_.run_pairs = now;
      judge(look, static_cast<std::size_t>(before), static_cast<std::size_t>(now));
      before = now;
    }
    end_.inconclusive = static_cast<std::int64_t>(open_.size());
    return end_;
  }

 private:
  /// Room that a thread uses again for its next run: new memory for each would cost more than the judging.
  static std::span<double> room_for(std::size_t count) {
    thread_local std::vector<double> room;
    if (room.size() < count) room.resize(count);
    return room;
  }

  /// The differences of a benchmark, measured until `now`.
  std::span<const double> measured(std::size_t benchmark, std::size_t before, std::size_t now) {
    const std::span<double> all = differences_.subspan(benchmark * stride_, now);
    const std::span<double> fresh = all.subspan(before);
    processes_.measure(benchmark, fresh);
    for (double& difference : fresh) difference += effect_;
    return all;
  }

  void judge(std::size_t look, std::size_t before, std::size_t now) {
    std::vector<Asked> asked;
    std::erase_if(open_, [&](std::size_t benchmark) {
      const std::span<const double> differences = measured(benchmark, before, now);
      // What an earlier look said goes on counting, so who was asked once is asked again.
      const auto screened =
          was_asked_[benchmark] ? OurRule::Screened::must_ask : rule_.screen(differences, look);
      if (screened == OurRule::Screened::passes) ++end_.passed;
      if (screened == OurRule::Screened::must_ask) {
        was_asked_[benchmark] = 1;
        asked.push_back({benchmark, rule_.ask(differences)});
        p_regression_[benchmark] = asked.back().answer.p_regression;
      }
      return screened == OurRule::Screened::passes;
    });
    if (asked.empty()) return;
    const std::vector<double> corrected = holm(p_regression_);
    for (const auto& [benchmark, answer] : asked) {
      const bool passes = answer.status == Status::pass;
      const bool fails = answer.status == Status::fail && corrected[benchmark] <= rule_.alpha_fail();
      if (!passes && !fails) continue;
      ++(passes ? end_.passed : end_.failed);
      open_.erase(std::lower_bound(open_.begin(), open_.end(), benchmark));
    }
  }

  const OurRule& rule_;
  Processes& processes_;
  double effect_;
  std::size_t stride_;
  std::span<double> differences_;
  std::vector<std::size_t> open_;  // rising
  std::vector<char> was_asked_;
  std::vector<double> p_regression_;  // of the whole family; 1 where nobody had to be asked
  SuiteEnd end_;
};

}  // namespace

SuiteEnd run_suite(const OurRule& rule, Processes& processes, std::size_t benchmarks, std::size_t family,
                   double effect) {
  return SuiteRun(rule, processes, benchmarks, family, effect).run();
}

}  // namespace modelgate
