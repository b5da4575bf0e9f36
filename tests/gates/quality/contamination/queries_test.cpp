// Real queries of customers (CLINC150, Larson et al. 2019): 4,500 to test, 18,000 to train and validate.

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "schemas/tool/files.h"
#include "tests/gates/quality/contamination/origins.h"
#include "tests/schemas/formats/shared_data.h"

namespace modelgate {
namespace {

TEST(Queries, are_in_the_training_data_as_often_as_a_plain_python_script_counts) {
  const auto path = shared_data() / "clinc150" / "data_full.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  const auto data = nlohmann::json::parse(read_file(path));
  std::vector<std::string> test, training;
  for (const auto& query : data["test"]) test.push_back(query[0]);
  for (const char* part : {"train", "val"})
    for (const auto& query : data[part]) training.push_back(query[0]);
  ASSERT_EQ(test.size(), 4500u);
  ASSERT_EQ(training.size(), 18'000u);

  OriginsOf origins_of;
  std::map<Likeness, int> counts, repeats;
  for (const TextOrigin& origin : origins_of.find(test, training, {}, 0).texts) {
    ++counts[origin.in_training];
    ++repeats[origin.repeats];
  }
  // Sets of tuples, all pairs with a shingle in common, unicodedata's NFKC, casefold and categories.
  EXPECT_EQ(counts[Likeness::exact], 2);
  EXPECT_EQ(counts[Likeness::similar], 126);
  EXPECT_EQ(counts[Likeness::contained], 5);
  EXPECT_EQ(repeats[Likeness::exact], 0);
  EXPECT_EQ(repeats[Likeness::similar], 100);
}

}  // namespace
}  // namespace modelgate
