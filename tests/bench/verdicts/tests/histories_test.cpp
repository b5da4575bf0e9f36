#include "tests/bench/verdicts/histories.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

std::vector<double> history(std::uint64_t stream) {
  RandomStream random(9, stream);
  std::vector<double> values(60);
  for (double& value : values) value = 3 + random.unit();
  return values;
}

TEST(Histories, are_resampled_in_their_order_from_anywhere) {
  const std::vector<double> values = history(1);
  const NoiseModel model = model_of_histories("one", "", {values}, 0.02);
  std::vector<double> steps;
  for (std::size_t i = 1; i < values.size(); ++i) steps.push_back(values[i] - values[i - 1]);
  const double scale = 0.02 / (robust_spread(steps) / std::sqrt(2.0));
  const std::vector<double> drawn = noise_values(model, 30, 5, 8);
  std::size_t start = 0;
  while (start < values.size() && std::abs(values[start] * scale - drawn[0]) > 1e-5) ++start;
  ASSERT_LT(start, values.size());
  for (std::size_t i = 0; i < drawn.size(); ++i)
    EXPECT_NEAR(drawn[i], values[(start + i) % values.size()] * scale, 2e-6) << i;
  EXPECT_NE(noise_values(model, 5, 5, 9), noise_values(model, 5, 5, 8));
}

TEST(Histories, that_begin_again_make_no_ties) {
  const std::vector<double> drawn =
      noise_values(model_of_histories("one", "", {history(1)}, 0.02), 120, 5, 8);
  for (std::size_t i = 0; i < 60; ++i) EXPECT_NE(drawn[i], drawn[i + 60]);
}

TEST(Histories, without_noise_are_refused) {
  EXPECT_THROW(model_of_histories("flat", "", {std::vector<double>(20, 1.0)}, 0.02), Error);
}

TEST(Histories, that_are_missing_are_named) {
  try {
    history_models("/nonexistent/folder", 0.02);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("hyper-history.json"), std::string::npos);
  }
}

TEST(Histories, of_public_projects_are_read) {
  const char* shared = std::getenv("MODELGATE_SHARED_DATA");
  const std::filesystem::path folder =
      std::filesystem::path(shared ? shared : MODELGATE_SOURCE_DIR "/../shared/data") / "perf-series";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  const std::vector<NoiseModel> models = history_models(folder, 0.02);
  ASSERT_EQ(models.size(), 2u);
  EXPECT_NE(models[0].description.find("27 benchmarks"), std::string::npos) << models[0].description;
  for (const NoiseModel& model : models)
    for (const double value : noise_values(model, 200, 1, 1)) EXPECT_TRUE(std::isfinite(value));
}

}  // namespace
}  // namespace modelgate
