#include <gmock/gmock.h>

#include "schemas/tool/files.h"
#include "tests/gates/baseline/store_fixture.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class PromotionTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    save("v1.0.0", {{"model.pt", "one"}});
  }
  bool is_released(const std::string& version) const {
    return fs::exists(store() / "releases" / (version + ".json"));
  }
};

TEST_F(PromotionTest, releases_the_first_version_and_says_that_there_was_no_baseline) {
  EXPECT_EQ(promote("v1.0.0", passing_verdict("v1.0.0")), 0);
  const Manifest released = manifest("releases", "v1.0.0");
  ASSERT_TRUE(released.released);
  EXPECT_TRUE(released.released->first_release);
  EXPECT_EQ(released.released->baseline, "");
  EXPECT_EQ(read_file(object(released.released->verdict_digest)), read_file(folder_ / "verdict.json"));
  EXPECT_FALSE(fs::exists(store() / "saved" / "v1.0.0.json"));
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(PromotionTest, releases_what_passed_against_the_latest_release) {
  ASSERT_EQ(promote("v1.0.0", passing_verdict("v1.0.0")), 0);
  save("v1.1.0", {{"model.pt", "two"}});
  EXPECT_EQ(promote("v1.1.0", passing_verdict("v1.1.0")), 0);
  EXPECT_EQ(manifest("releases", "v1.1.0").released->baseline, "v1.0.0");
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(PromotionTest, what_did_not_pass_is_refused_with_its_own_exit_code) {
  const std::pair<Status, int> codes[] = {{Status::fail, 1}, {Status::inconclusive, 3}, {Status::error, 4}};
  for (const auto& [status, expected] : codes) {
    Verdict verdict = passing_verdict("v1.0.0");
    verdict.status = verdict.checks[0].status = status;
    EXPECT_EQ(promote("v1.0.0", verdict), expected) << name_of(status);
    EXPECT_FALSE(is_released("v1.0.0"));
  }
}

TEST_F(PromotionTest, a_verdict_whose_last_day_is_over_releases_nothing_and_what_it_released_stays) {
  Verdict verdict = passing_verdict("v1.0.0");
  for (const char* day : {"2026-11-01", ""}) {
    verdict.valid_until = day;
    EXPECT_EQ(promote("v1.0.0", verdict), 2) << day;
    EXPECT_FALSE(is_released("v1.0.0"));
  }
  verdict.valid_until = "9999-12-31";
  EXPECT_EQ(promote("v1.0.0", verdict), 0);
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(PromotionTest, a_verdict_of_other_files_is_refused) {
  save("v1.1.0", {{"model.pt", "two"}});
  EXPECT_EQ(promote("v1.0.0", passing_verdict("v1.1.0")), 2);
  EXPECT_FALSE(is_released("v1.0.0"));
}

TEST_F(PromotionTest, a_verdict_of_some_gates_or_of_one_is_refused) {
  Verdict verdict = passing_verdict("v1.0.0");
  verdict.left_out = {"quality"};
  EXPECT_EQ(promote("v1.0.0", verdict), 2);
  verdict.left_out.clear();
  verdict.gate = "unit";
  EXPECT_EQ(promote("v1.0.0", verdict), 2);
  verdict.gate = "suite";
  verdict.plan_digest.clear();
  EXPECT_EQ(promote("v1.0.0", verdict), 2);
  EXPECT_FALSE(is_released("v1.0.0"));
}

TEST_F(PromotionTest, a_verdict_against_a_release_that_is_no_longer_the_latest_is_refused) {
  ASSERT_EQ(promote("v1.0.0", passing_verdict("v1.0.0")), 0);
  save("v1.1.0", {{"model.pt", "two"}});
  save("v1.2.0", {{"model.pt", "three"}});
  const Verdict stale = passing_verdict("v1.2.0");
  ASSERT_EQ(promote("v1.1.0", passing_verdict("v1.1.0")), 0);
  write_verdict(stale);
  const Outcome outcome = program("promote v1.2.0 --verdict verdict.json");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("the latest release is v1.1.0"));
  EXPECT_FALSE(is_released("v1.2.0"));
}

TEST_F(PromotionTest, a_first_release_is_refused_where_there_is_one_already) {
  Verdict first = passing_verdict("v1.0.0");
  ASSERT_EQ(promote("v1.0.0", first), 0);
  save("v1.1.0", {{"model.pt", "two"}});
  first.candidate.digest = manifest("saved", "v1.1.0").digest;
  EXPECT_EQ(promote("v1.1.0", first), 2);
  EXPECT_FALSE(is_released("v1.1.0"));
}

TEST_F(PromotionTest, a_comparison_with_what_this_store_never_released_is_refused) {
  Verdict verdict = passing_verdict("v1.0.0");
  verdict.first_release = false;
  verdict.baseline = Subject{Role::baseline, "m", "v0.9.0", "", digest_of_bytes("elsewhere")};
  EXPECT_EQ(promote("v1.0.0", verdict), 2);
  ASSERT_EQ(promote("v1.0.0", passing_verdict("v1.0.0")), 0);
  save("v1.1.0", {{"model.pt", "two"}});
  verdict = passing_verdict("v1.1.0");
  verdict.baseline->digest = digest_of_bytes("elsewhere");
  EXPECT_EQ(promote("v1.1.0", verdict), 2);
}

TEST_F(PromotionTest, what_is_no_verdict_is_refused) {
  const auto refused = [&](const std::string& text) {
    write_file(folder_ / "verdict.json", text);
    const int exit_code = code("promote v1.0.0 --verdict verdict.json");
    EXPECT_FALSE(is_released("v1.0.0"));
    return exit_code;
  };
  EXPECT_EQ(refused(""), 2);
  EXPECT_EQ(refused("{}"), 2);
  EXPECT_EQ(refused(std::string("\0\x01\xff", 3)), 2);
  EXPECT_EQ(refused(to_json(manifest("saved", "v1.0.0"))), 2);
  const std::string whole = to_json(passing_verdict("v1.0.0"));
  for (std::size_t size = 0; size + 2 < whole.size(); size += 41)
    EXPECT_EQ(refused(whole.substr(0, size)), 2) << size;
  EXPECT_EQ(code("promote v1.0.0 --verdict missing.json"), 4);
  EXPECT_EQ(code("promote v1.0.0 --verdict ."), 4);
  EXPECT_EQ(code("promote v1.0.0 --verdict /dev/null"), 4);
  EXPECT_EQ(code("promote v1.0.0"), 2);
}

TEST_F(PromotionTest, a_version_that_is_not_there_is_refused) {
  write_verdict(passing_verdict("v1.0.0"));
  const Outcome outcome = program("promote v1.0.1 --verdict verdict.json");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("v1.0.0"));
  EXPECT_EQ(code("promote ../saved/v1.0.0 --verdict verdict.json"), 2);
  EXPECT_EQ(code("promote latest --verdict verdict.json"), 2);
}

TEST_F(PromotionTest, promoting_again_by_the_same_verdict_changes_nothing_and_by_another_is_refused) {
  const Verdict verdict = passing_verdict("v1.0.0");
  ASSERT_EQ(promote("v1.0.0", verdict), 0);
  const std::string before = read_file(store() / "releases" / "v1.0.0.json");
  EXPECT_EQ(promote("v1.0.0", verdict), 0);
  Verdict other = verdict;
  other.sentence = "another day";
  EXPECT_EQ(promote("v1.0.0", other), 2);
  EXPECT_EQ(read_file(store() / "releases" / "v1.0.0.json"), before);
}

TEST_F(PromotionTest, files_that_are_damaged_or_gone_are_not_released) {
  const Verdict verdict = passing_verdict("v1.0.0");
  overwrite(object(digest_of_bytes("one")), "onE");
  EXPECT_EQ(promote("v1.0.0", verdict), 4);
  fs::remove(object(digest_of_bytes("one")));
  EXPECT_EQ(promote("v1.0.0", verdict), 4);
  EXPECT_FALSE(is_released("v1.0.0"));
  EXPECT_EQ(code("save 'saving v1.0.0' --version v1.0.0"), 0);
  EXPECT_EQ(promote("v1.0.0", verdict), 0);
}

TEST_F(PromotionTest, a_waived_failure_is_released_and_shown) {
  Verdict verdict = passing_verdict("v1.0.0");
  verdict.checks[1].waiver = "known defect 7 (until 2026-12-31)";
  EXPECT_EQ(promote("v1.0.0", verdict), 0);
  EXPECT_THAT(program("show v1.0.0").out, HasSubstr("1 failure"));
}

}  // namespace
}  // namespace modelgate
