#include "reporters/annotations/job_links.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "schemas/tool/error.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

nlohmann::json links(const Verdict& verdict, const std::string& url, const std::string& folder) {
  return nlohmann::json::parse(job_links(verdict, url, folder))["modelgate"];
}

TEST(JobLinks, lead_to_the_artifacts_of_the_job) {
  const auto all = links(verdict_of({slowdown()}), "https://gitlab.example/g/p/-/jobs/7", "gate-results");
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0]["external_link"]["label"], "FAIL: the whole in one sentence");
  EXPECT_EQ(all[0]["external_link"]["url"],
            "https://gitlab.example/g/p/-/jobs/7/artifacts/browse/gate-results/");
  EXPECT_EQ(all[1]["external_link"]["url"],
            "https://gitlab.example/g/p/-/jobs/7/artifacts/file/gate-results/summary.md");
}

TEST(JobLinks, write_a_folder_as_an_address) {
  const auto all = links(verdict_of({slowdown()}), "https://x/", "./a b/ü?/../c#");
  EXPECT_EQ(all[0]["external_link"]["url"], "https://x/artifacts/browse/a%20b/c%23/");
  EXPECT_EQ(links(verdict_of({slowdown()}), "https://x", ".")[3]["external_link"]["url"],
            "https://x/artifacts/file/junit.xml");
}

TEST(JobLinks, lead_nowhere_else) {
  for (const char* url : {"", "javascript:alert(1)", "ftp://x", "https://x\n", "https://x y", "https://x\"'"})
    EXPECT_THROW(job_links(verdict_of({slowdown()}), url, "gate-results"), Error) << url;
  for (const char* folder : {"", "/etc", "..", "a/../../b"})
    EXPECT_THROW(job_links(verdict_of({slowdown()}), "https://x", folder), Error) << folder;
}

TEST(JobLinks, are_valid_whatever_the_verdict_holds) {
  EXPECT_EQ(links(hostile_verdict(), "https://x", "gate-results").size(), 4u);
}

}  // namespace
}  // namespace modelgate
