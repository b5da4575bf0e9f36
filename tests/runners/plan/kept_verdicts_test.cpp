#include "runners/plan/kept_verdicts.h"

#include <gtest/gtest.h>

#include "schemas/tool/clock.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

Verdict passing() {
  Verdict verdict;
  verdict.gate = "suite";
  verdict.gate_version = "0.1.0";
  verdict.created = "2026-11-23T20:15:00Z";
  verdict.status = Status::pass;
  verdict.sentence = "all is well";
  verdict.candidate = {Role::candidate, "m", "v1", "", "sha256:c"};
  verdict.plan_digest = "sha256:p";
  verdict.valid_until = "9999-12-31";
  Check check;
  check.gate = "unit";
  check.name = "A.b";
  check.status = Status::pass;
  check.reason = "passes";
  check.sentence = "A.b passes";
  verdict.checks = {check};
  return verdict;
}

class KeptVerdictsTest : public ::testing::Test {
 protected:
  bool is_found(const std::string& candidate = "sha256:c", const std::string& plan = "sha256:p") const {
    return kept_.find(candidate, plan).has_value();
  }
  fs::path file() const { return folder_ / "kept" / "0a1b.json"; }
  const TemporaryFolder folder_;
  const KeptVerdicts kept_{folder_ / "kept", "sha256:0a1b"};
};

TEST_F(KeptVerdictsTest, are_found_under_their_key_and_for_their_candidate_and_plan) {
  EXPECT_FALSE(is_found());
  kept_.keep(passing());
  EXPECT_TRUE(is_found());
  EXPECT_EQ(*kept_.find("sha256:c", "sha256:p"), passing());
  EXPECT_FALSE(is_found("sha256:d"));
  EXPECT_FALSE(is_found("sha256:c", "sha256:q"));
  EXPECT_FALSE(is_found("", ""));
  EXPECT_FALSE(KeptVerdicts(folder_ / "kept", "sha256:0a1c").find("sha256:c", "sha256:p"));
  EXPECT_TRUE(fs::exists(folder_ / "kept" / ".gitignore")) << "they are nobody else's";
}

TEST_F(KeptVerdictsTest, that_do_not_pass_are_not_kept) {
  for (const Status status : {Status::fail, Status::error, Status::inconclusive, Status::not_compared}) {
    Verdict verdict = passing();
    verdict.status = verdict.checks[0].status = status;
    kept_.keep(verdict);
    EXPECT_FALSE(is_found()) << name_of(status);
  }
  Verdict warns = passing();
  warns.status = warns.checks[0].status = Status::inconclusive;
  warns.checks.push_back(passing().checks[0]);
  warns.inconclusive = InconclusivePolicy{InconclusiveAction::warn, "x"};
  kept_.keep(warns);
  EXPECT_FALSE(is_found()) << "another push may decide";
}

TEST_F(KeptVerdictsTest, whose_last_day_is_over_or_not_known_are_not_kept) {
  Verdict verdict = passing();
  verdict.valid_until = utc_day();
  kept_.keep(verdict);
  EXPECT_TRUE(is_found()) << "until the end of that day";
  fs::remove(file());
  for (const std::string& day : {day_after(utc_day(), -1), std::string("2026-11-01"), std::string()}) {
    verdict.valid_until = day;
    kept_.keep(verdict);
    EXPECT_FALSE(is_found()) << day;
    write_file(file(), to_json(verdict));
    EXPECT_FALSE(is_found()) << day;
    fs::remove(file());
  }
}

TEST_F(KeptVerdictsTest, that_were_changed_since_do_not_count) {
  kept_.keep(passing());
  for (Status status : {Status::fail, Status::inconclusive}) {
    Verdict forged = passing();
    forged.checks[0].status = status;  // and its status says pass
    write_file(file(), to_json(forged));
    EXPECT_FALSE(is_found());
  }
  Verdict empty = passing();
  empty.checks.clear();
  write_file(file(), to_json(empty));
  EXPECT_FALSE(is_found());
  for (const char* text : {"", "{}", "not JSON"}) {
    write_file(file(), text);
    EXPECT_FALSE(is_found()) << text;
  }
}

TEST_F(KeptVerdictsTest, grow_old) {
  kept_.keep(passing());
  const auto now = fs::file_time_type::clock::now();
  fs::last_write_time(file(), now - std::chrono::hours(6 * 24));
  EXPECT_TRUE(is_found());
  fs::last_write_time(file(), now - std::chrono::hours(8 * 24));
  EXPECT_FALSE(is_found());
  fs::last_write_time(file(), now + std::chrono::hours(24));
  EXPECT_FALSE(is_found()) << "nobody knows when that was";
}

TEST_F(KeptVerdictsTest, are_not_read_through_links) {
  kept_.keep(passing());
  fs::rename(file(), folder_ / "elsewhere.json");
  fs::create_symlink(folder_ / "elsewhere.json", file());
  EXPECT_FALSE(is_found());
}

TEST_F(KeptVerdictsTest, are_not_kept_for_ever) {
  for (int i = 0; i < 60; ++i) {
    const KeptVerdicts one(folder_ / "kept", "sha256:" + std::to_string(1000 + i));
    one.keep(passing());
  }
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(folder_ / "kept"))
    count += entry.path().extension() == ".json";
  EXPECT_EQ(count, 50u);
}

}  // namespace
}  // namespace modelgate
