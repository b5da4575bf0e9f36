// What holds for every rule that compares two subjects, whatever the data.

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "gates/statistics/bootstrap.h"
#include "gates/statistics/clustered_error.h"
#include "gates/statistics/confidence_sequence.h"
#include "gates/statistics/delong.h"
#include "gates/statistics/distributions.h"
#include "gates/statistics/hierarchical_bootstrap.h"
#include "gates/statistics/mcnemar.h"
#include "gates/statistics/paired_proportions.h"
#include "gates/statistics/random.h"
#include "gates/statistics/rank_sum.h"
#include "gates/statistics/signed_rank.h"
#include "gates/statistics/t_interval.h"

namespace modelgate {
namespace {

/// Two subjects measured in pairs. Values are multiples of 1/8, so that shifting and scaling them is exact.
struct Data {
  std::vector<double> first, second;
  std::vector<std::int64_t> cluster;
  std::vector<bool> positive;
};

enum class Decision { less, neither, greater };

Decision opposite(Decision decision) { return static_cast<Decision>(2 - static_cast<int>(decision)); }

constexpr double tail = 0.05;

/// "first − second is greater (less) than the margin" is proven.
Decision by_p(double p_greater, double p_less) {
  EXPECT_FALSE(p_greater <= tail && p_less <= tail) << "both sides are proven";
  EXPECT_TRUE(p_greater >= 0 && p_greater <= 1 && p_less >= 0 && p_less <= 1);
  return p_greater <= tail ? Decision::greater : p_less <= tail ? Decision::less : Decision::neither;
}

Decision by_bounds(const Interval& bounds, double margin) {
  EXPECT_TRUE(bounds.lower <= bounds.upper);
  return bounds.lower > margin   ? Decision::greater
         : bounds.upper < margin ? Decision::less
                                 : Decision::neither;
}

template <typename Estimate>
Decision by_estimate(const Estimate& estimate, double margin) {
  return by_p(estimate.p_greater(margin), estimate.p_less(margin));
}

std::vector<double> differences(const Data& data) {
  std::vector<double> result;
  for (std::size_t i = 0; i < data.first.size(); ++i) result.push_back(data.first[i] - data.second[i]);
  return result;
}

struct Rule {
  std::string name;
  std::function<Decision(const Data&, double margin)> decide;
  bool ranks_of_scores = false;  ///< Of a quantity that has no scale: the margin is not scaled.
  int draws = 200;
};

Decision by_sequence(const Data& data, double margin) {
  double largest = 1;
  for (const double d : differences(data)) largest = std::max(largest, std::abs(d));
  ConfidenceSequence sequence({-largest, largest}, tail);
  // Small samples prove nothing about bounded values: all are seen twenty times.
  for (int round = 0; round < 20; ++round) {
    for (const double d : differences(data)) sequence.add(d);
  }
  return by_estimate(sequence, margin);
}

Decision by_bootstrap(const Data& data, double margin) {
  const std::vector<double> d = differences(data);
  const std::vector<std::int64_t> once(d.size(), 1);
  const Statistic mean_of = [&](std::span<const std::int64_t> counts) {
    double sum = 0;
    for (std::size_t i = 0; i < d.size(); ++i) sum += static_cast<double>(counts[i]) * d[i];
    return sum / static_cast<double>(d.size());
  };
  return by_estimate(bootstrap(once, mean_of, {.resamples = 400, .threads = 1}), margin);
}

/// Two values make a process.
Decision by_hierarchy(const Data& data, double margin) {
  std::vector<ProcessValues> first, second;
  for (std::size_t i = 0; i + 1 < data.first.size(); i += 2) {
    first.push_back({data.first[i], data.first[i + 1]});
    second.push_back({data.second[i], data.second[i + 1]});
  }
  const ProcessSummary mean_of = [](std::span<const double> x) { return (x[0] + x[1]) / 2; };
  return by_estimate(hierarchical_bootstrap(first, second, ProcessPairing::paired, mean_of,
                                            {.resamples = 400, .threads = 1}),
                     margin);
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all{
      {"paired t",
       [](const Data& data, double m) { return by_estimate(mean_estimate(differences(data)), m); }},
      {"Welch's t",
       [](const Data& data, double m) { return by_estimate(welch(data.first, data.second), m); }},
      {"clustered t",
       [](const Data& data, double m) {
         return by_estimate(clustered_mean(differences(data), data.cluster), m);
       }},
      {"signed rank",
       [](const Data& data, double m) {
         const SignedRankTest test = signed_rank(differences(data), m);
         return by_p(test.p_greater, test.p_less);
       }},
      {"signed rank, normal",
       [](const Data& data, double m) {
         const SignedRankTest test = signed_rank(differences(data), m, RankMethod::normal);
         return by_p(test.p_greater, test.p_less);
       }},
      {"Walsh averages",
       [](const Data& data, double m) {
         return by_bounds(walsh_estimate(differences(data), tail).bounds, m);
       }},
      {"rank sum",
       [](const Data& data, double m) {
         const RankSumTest test = rank_sum(data.first, data.second, m);
         return by_p(test.p_greater, test.p_less);
       }},
      {"rank sum, normal",
       [](const Data& data, double m) {
         const RankSumTest test = rank_sum(data.first, data.second, m, RankMethod::normal);
         return by_p(test.p_greater, test.p_less);
       }},
      {"shift", [](const Data& data,
                   double m) { return by_bounds(shift_estimate(data.first, data.second, tail).bounds, m); }},
      {"DeLong",
       [](const Data& data, double m) {
         return by_estimate(delong(data.first, data.second, data.positive), m);
       },
       true},
      {"confidence sequence", by_sequence},
      {"bootstrap", by_bootstrap, false, 60},
      {"hierarchical bootstrap", by_hierarchy, false, 60}};
  return all;
}

/// Normal, skewed, heavy-tailed or with many ties; the first larger, smaller or neither.
Data draw(std::uint64_t stream) {
  RandomStream random(71, stream);
  const std::size_t n = 10 + 2 * random.below(5);
  const int shape = static_cast<int>(random.below(4));
  const double effect = 1.5 * (static_cast<double>(random.below(5)) - 2);
  const auto value = [&] {
    const double z = normal_quantile(random.unit() + 0x1p-54);
    const double x = shape == 0 ? z : shape == 1 ? std::exp(z) : shape == 2 ? z * z * z : std::round(z);
    return std::round(8 * x) / 8;
  };
  Data data;
  for (std::size_t i = 0; i < n; ++i) {
    data.second.push_back(value());
    data.first.push_back(data.second.back() + effect + value());
    data.cluster.push_back(static_cast<std::int64_t>(i % (n - 2)));
    data.positive.push_back(i % 2 == 0);
  }
  return data;
}

double margin_of(std::uint64_t stream) { return 0.125 * static_cast<double>(stream % 5) - 0.0625; }

template <typename Check>
void for_all(const Check& check) {
  for (const Rule& rule : rules()) {
    int decided = 0;
    for (int i = 0; i < rule.draws; ++i) {
      const auto stream = static_cast<std::uint64_t>(i);
      SCOPED_TRACE(rule.name + ", draw " + std::to_string(i));
      const Data data = draw(stream);
      const double margin = rule.ranks_of_scores ? 0.01 * margin_of(stream) : margin_of(stream);
      const Decision decision = rule.decide(data, margin);
      decided += decision != Decision::neither;
      check(rule, data, margin, decision);
      if (testing::Test::HasFailure()) return;
    }
    EXPECT_GT(decided, rule.draws / 20) << rule.name << " decides too little for this to be a test";
    EXPECT_LT(decided, rule.draws) << rule.name;
  }
}

TEST(StatisticsPropertiesTest, exchanging_the_subjects_mirrors_the_decision) {
  for_all([](const Rule& rule, const Data& data, double margin, Decision decision) {
    const Data exchanged{data.second, data.first, data.cluster, data.positive};
    if (rule.name != "hierarchical bootstrap") {
      EXPECT_EQ(rule.decide(exchanged, -margin), opposite(decision));
    } else if (decision != Decision::neither) {
      // It draws other iterations for exchanged sides, and may differ where it is close.
      EXPECT_NE(rule.decide(exchanged, -margin), decision);
    }
  });
}

TEST(StatisticsPropertiesTest, shifting_and_scaling_leave_the_decision) {
  for_all([](const Rule& rule, const Data& data, double margin, Decision decision) {
    for (const auto& [scale, shift] : {std::pair{1.0, 64.0}, std::pair{4.0, -16.0}, std::pair{0.125, 0.0}}) {
      Data moved = data;
      for (double& value : moved.first) value = scale * value + shift;
      for (double& value : moved.second) value = scale * value + shift;
      // The range of the sequence is at least 1, which is a scale of its own.
      if (rule.name == "confidence sequence" && scale < 1) continue;
      EXPECT_EQ(rule.decide(moved, rule.ranks_of_scores ? margin : scale * margin), decision) << scale;
    }
  });
}

TEST(StatisticsPropertiesTest, exact_duplicates_of_everything_never_turn_a_decision_round) {
  for_all([](const Rule& rule, const Data& data, double margin, Decision decision) {
    Data twice = data;
    for (std::size_t i = 0; i < data.first.size(); ++i) {
      twice.first.push_back(data.first[i]);
      twice.second.push_back(data.second[i]);
      twice.cluster.push_back(data.cluster[i]);
      twice.positive.push_back(data.positive[i]);
    }
    if (decision != Decision::neither) {
      EXPECT_NE(rule.decide(twice, margin), opposite(decision));
    }
    // Copies within their clusters say nothing new.
    if (rule.name == "clustered t") {
      EXPECT_EQ(rule.decide(twice, margin), decision);
    }
  });
}

TEST(StatisticsPropertiesTest, a_wider_margin_is_never_harder_to_stay_within) {
  for_all([](const Rule& rule, const Data& data, double margin, Decision decision) {
    const double step = rule.ranks_of_scores ? 0.01 : 0.25;
    EXPECT_LE(static_cast<int>(rule.decide(data, margin + step)), static_cast<int>(decision));
    EXPECT_GE(static_cast<int>(rule.decide(data, margin - step)), static_cast<int>(decision));
  });
}

TEST(StatisticsPropertiesTest, hold_for_tables_of_right_and_wrong_answers) {
  const auto decide = [](const PairedCounts& t, double margin) {
    return by_p(tango_p_greater(t, margin), tango_p_less(t, margin));
  };
  int decided = 0;
  for (std::uint64_t stream = 0; stream < 400; ++stream) {
    RandomStream random(72, stream);
    const PairedCounts table{random.below(100), random.below(30), random.below(30), 1 + random.below(40)};
    const PairedCounts mirrored{table.both, table.only_second, table.only_first, table.neither};
    const double margin = 0.01 * random.below(10) - 0.04;
    const Decision decision = decide(table, margin);
    decided += decision != Decision::neither;
    EXPECT_EQ(decide(mirrored, -margin), opposite(decision));
    EXPECT_EQ(by_bounds(newcombe_bounds(mirrored, tail), -margin),
              opposite(by_bounds(newcombe_bounds(table, tail), margin)));
    EXPECT_EQ(mcnemar(table.only_first, table.only_second).mid_p,
              mcnemar(table.only_second, table.only_first).mid_p);
    // Right and wrong change places: what the first gets right the second gets wrong.
    EXPECT_EQ(decide({table.neither, table.only_second, table.only_first, table.both}, -margin),
              opposite(decision));
    for (const std::int64_t k : {2, 3, 10}) {
      const PairedCounts more{k * table.both, k * table.only_first, k * table.only_second, k * table.neither};
      if (decision != Decision::neither) {
        EXPECT_EQ(decide(more, margin), decision) << "as many times more rows of the same kinds say the same";
      }
      if (mcnemar(table.only_first, table.only_second).mid_p <= tail) {
        EXPECT_LE(mcnemar(more.only_first, more.only_second).mid_p, tail);
      }
    }
  }
  EXPECT_GT(decided, 100);
}

}  // namespace
}  // namespace modelgate
