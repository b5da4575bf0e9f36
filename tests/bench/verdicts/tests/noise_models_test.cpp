#include "tests/bench/verdicts/noise_models.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "gates/statistics/distributions.h"
#include "gates/statistics/proportion_interval.h"
#include "tests/bench/verdicts/normal_source.h"

namespace modelgate {
namespace {

TEST(NormalSource, has_the_moments_and_the_tails_of_the_normal_distribution) {
  constexpr int count = 2'000'000;
  RandomStream random(1, 1);
  double sum = 0, squares = 0, fourth = 0;
  std::map<double, std::int64_t> above;
  for (int i = 0; i < count; ++i) {
    const double z = standard_normal(random);
    sum += z;
    squares += z * z;
    fourth += z * z * z * z;
    for (const double limit : {-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 3.6541528853610088, 4.0})
      above[limit] += z > limit;
  }
  // Five standard errors each.
  EXPECT_NEAR(sum / count, 0, 5 / std::sqrt(count));
  EXPECT_NEAR(squares / count, 1, 5 * std::sqrt(2.0 / count));
  EXPECT_NEAR(fourth / count, 3, 5 * std::sqrt(96.0 / count));
  for (const auto& [limit, hits] : above) {
    const Interval bounds = clopper_pearson(hits, count, 1e-6);
    EXPECT_LE(bounds.lower, normal_upper(limit)) << limit;
    EXPECT_GE(bounds.upper, normal_upper(limit)) << limit;
  }
}

TEST(NoiseModels, are_at_least_eight_with_names_of_their_own) {
  std::set<std::string> names;
  for (const NoiseModel& model : noise_models(0.02, 5)) names.insert(model.name);
  EXPECT_GE(names.size(), 8u);
  EXPECT_EQ(names.size(), noise_models(0.02, 5).size());
}

TEST(NoiseModels, have_the_spread_that_is_asked_for) {
  for (const NoiseModel& model : noise_models(0.02, 5)) {
    std::vector<double> pooled;
    for (std::uint64_t run = 0; run < 2000; ++run)
      for (const double value : noise_values(model, 20, 77, run)) pooled.push_back(value);
    EXPECT_NEAR(robust_spread(pooled), 0.02, 0.001) << model.name;
  }
}

TEST(NoiseModels, go_on_where_they_stopped) {
  for (const NoiseModel& model : noise_models(0.02, 5)) {
    for (const NoiseSource* source : {model.shared.get(), model.own.get()}) {
      const RandomStream run(1, 2);
      NoisePath whole{RandomStream(3, 4)}, parts{RandomStream(3, 4)};
      source->begin(whole, run, 0);
      source->begin(parts, run, 0);
      std::vector<double> at_once(40), in_parts(40);
      source->extend(whole, at_once);
      source->extend(parts, std::span(in_parts).first(7));
      source->extend(parts, std::span(in_parts).subspan(7));
      EXPECT_EQ(at_once, in_parts) << model.name;
    }
  }
}

}  // namespace
}  // namespace modelgate
