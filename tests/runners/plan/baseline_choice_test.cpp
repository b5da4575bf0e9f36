#include "runners/plan/baseline_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

TEST(StoredVersions, are_the_releases_and_greens_of_a_listing) {
  const auto versions = stored_versions(R"({"latest": "v1", "versions": [
    {"version": "v1", "state": "released", "commit": "abc", "name": "x", "created": "2026", "digest": "d"},
    {"version": "v2", "state": "saved", "commit": "def"},
    {"version": "v3", "state": "green", "commit": "", "greens": []}]})");
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[0].version, "v1");
  EXPECT_EQ(versions[0].commit, "abc");
  EXPECT_TRUE(versions[0].is_released);
  EXPECT_EQ(versions[1].version, "v3");
  EXPECT_FALSE(versions[1].is_released);
}

TEST(StoredVersions, of_what_is_no_listing_are_an_error_and_not_none) {
  for (const char* text : {"", "{}", "[]", "{\"versions\": {}}", "{\"versions\": [{\"version\": \"v1\"}]}",
                           "{\"versions\": [{\"version\": 1, \"state\": \"green\", \"commit\": \"\"}]}"})
    EXPECT_NE(error_of([&] { stored_versions(text); }, ErrorKind::infrastructure), "") << text;
}

TEST(BaselineChoiceTest, of_anything_but_a_merge_base_is_the_stores_business) {
  for (const char* text : {"latest", "v1.2.0", "branch:main"}) {
    const BaselineChoice choice = choose_baseline(*baseline_wish(text), Plan{}, Pipeline{}, Fetching{});
    EXPECT_EQ(choice.version, text);
    EXPECT_EQ(choice.merge_base, "");
    EXPECT_TRUE(choice.notes.empty());
  }
}

}  // namespace
}  // namespace modelgate
