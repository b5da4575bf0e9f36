// A branch's last green: what is marked, in which order, and by which verdicts.

#include <gmock/gmock.h>

#include <set>

#include "schemas/documents/green.h"
#include "schemas/tool/files.h"
#include "tests/gates/baseline/store_fixture.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class GreenTest : public StoreTest {
 protected:
  /// Judged against a version of the store; against nothing if that is empty.
  Verdict judged(const std::string& version, const std::string& baseline) const {
    Verdict verdict = passing_verdict(version);
    verdict.first_release = baseline.empty();
    verdict.baseline.reset();
    if (!baseline.empty()) {
      const Manifest other =
          manifest_from(parse_json(program("show " + baseline + " --json").out, "baseline"));
      verdict.baseline = Subject{Role::baseline, "m", baseline, "", other.digest};
    }
    return verdict;
  }
  Outcome mark(const std::string& version, const std::string& branch, const Verdict& verdict) const {
    write_verdict(verdict);
    return program("green " + version + " --branch '" + branch + "' --verdict verdict.json");
  }
  Outcome mark(const std::string& version, const std::string& branch, const std::string& baseline) const {
    return mark(version, branch, judged(version, baseline));
  }
  Green green(int number) const {
    return green_from(read_document(store() / "greens" / (std::to_string(number) + ".json")));
  }
  std::string last_of(const std::string& branch) const {
    const Outcome outcome = program("show 'branch:" + branch + "' --json");
    return outcome.exit_code == 0 ? manifest_from(parse_json(outcome.out, "show")).version
                                  : std::to_string(outcome.exit_code);
  }
};

TEST_F(GreenTest, is_none_by_a_verdict_whose_last_day_is_over) {
  save("v1.0.0", {{"model.pt", "one"}});
  Verdict verdict = judged("v1.0.0", "");
  verdict.valid_until = "2026-11-01";
  const Outcome outcome = mark("v1.0.0", "main", verdict);
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("was valid until 2026-11-01"));
  EXPECT_EQ(last_of("main"), "2");
}

TEST_F(GreenTest, is_the_last_of_its_branch_until_another_is_marked) {
  release("v1.0.0", {{"model.pt", "one"}});
  for (const char* version : {"v1.1.0-dev.1", "v1.1.0-dev.2", "v1.1.0-dev.3"})
    save(version, {{"model.pt", version}});
  EXPECT_EQ(mark("v1.1.0-dev.1", "main", "v1.0.0").exit_code, 0);
  EXPECT_EQ(last_of("main"), "v1.1.0-dev.1");
  // A version that is lower may come later: what counts is the order of marking.
  EXPECT_EQ(mark("v1.1.0-dev.3", "main", "v1.1.0-dev.1").exit_code, 0);
  EXPECT_EQ(mark("v1.1.0-dev.2", "main", "v1.0.0").exit_code, 0);
  EXPECT_EQ(last_of("main"), "v1.1.0-dev.2");
  EXPECT_EQ(mark("v1.1.0-dev.1", "release/1.0", "v1.0.0").exit_code, 0);
  EXPECT_EQ(last_of("main"), "v1.1.0-dev.2");
  EXPECT_EQ(last_of("release/1.0"), "v1.1.0-dev.1");
  EXPECT_EQ(last_of("feature"), "2");
  EXPECT_EQ(green(2).number, 2);
  EXPECT_EQ(green(2).baseline, "v1.1.0-dev.1");
  EXPECT_EQ(read_file(object(green(4).verdict_digest)), read_file(folder_ / "verdict.json"));
  const Outcome verified = program("verify");
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  EXPECT_THAT(verified.out, HasSubstr("4 versions, 4 greens, "));
}

TEST_F(GreenTest, is_no_release) {
  release("v1.0.0", {{"model.pt", "one"}});
  save("v2.0.0", {{"model.pt", "two"}});
  ASSERT_EQ(mark("v2.0.0", "main", "v1.0.0").exit_code, 0);
  EXPECT_THAT(program("show latest").out, HasSubstr("v1.0.0"));
  EXPECT_FALSE(fs::exists(store() / "releases" / "v2.0.0.json"));
  EXPECT_EQ(code("checkout latest --to target"), 0);
  EXPECT_EQ(read_file(folder_ / "target" / "model.pt"), "one");
  // It may become one, by a verdict against the latest release, and stays green.
  EXPECT_EQ(promote("v2.0.0", judged("v2.0.0", "v1.0.0")), 0);
  EXPECT_EQ(last_of("main"), "v2.0.0");
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(GreenTest, is_a_baseline_that_can_be_checked_out) {
  release("v1.0.0", {{"model.pt", "one"}});
  save("v2", {{"model.pt", "two"}});
  save("v3", {{"model.pt", "three"}});
  EXPECT_EQ(code("checkout v2 --to target"), 2) << "it is merely saved";
  ASSERT_EQ(mark("v2", "main", "v1.0.0").exit_code, 0);
  EXPECT_EQ(code("checkout v2 --to target --history history"), 0);
  EXPECT_EQ(read_file(folder_ / "target" / "model.pt"), "two");
  EXPECT_EQ(read_file(folder_ / "history" / "001.json"), read_file(object(green(1).verdict_digest)));
  EXPECT_TRUE(fs::exists(folder_ / "history" / "002.json")) << "that of v1.0.0";
  EXPECT_FALSE(fs::exists(folder_ / "history" / "003.json"));
  EXPECT_EQ(code("checkout branch:main --to other"), 0);
  EXPECT_EQ(code("checkout branch:nothing --to third"), 2);
  EXPECT_EQ(code("checkout 'branch:../x' --to third"), 2);
  EXPECT_EQ(code("checkout v3 --to third"), 2);
}

TEST_F(GreenTest, of_the_very_first_version_has_no_baseline) {
  save("v1", {{"model.pt", "one"}});
  const Outcome outcome = mark("v1", "main", "");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("there was no baseline"));
  save("v2", {{"model.pt", "two"}});
  const Outcome again = mark("v2", "other", "");
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("compared nothing"));
  EXPECT_EQ(mark("v2", "other", "v1").exit_code, 0);
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(GreenTest, needs_a_verdict_that_lets_exactly_these_files_through) {
  release("v1.0.0", {{"model.pt", "one"}});
  save("v2", {{"model.pt", "two"}});
  save("v3", {{"model.pt", "three"}});
  const std::pair<Status, int> codes[] = {{Status::fail, 1}, {Status::inconclusive, 3}, {Status::error, 4}};
  for (const auto& [status, expected] : codes) {
    Verdict verdict = judged("v2", "v1.0.0");
    verdict.status = verdict.checks[0].status = status;
    const Outcome outcome = mark("v2", "main", verdict);
    EXPECT_EQ(outcome.exit_code, expected);
    EXPECT_THAT(outcome.err, HasSubstr("v2 is not green on main."));
  }
  EXPECT_EQ(mark("v2", "main", judged("v3", "v1.0.0")).exit_code, 2);
  Verdict partial = judged("v2", "v1.0.0");
  partial.left_out = {"quality"};
  EXPECT_EQ(mark("v2", "main", partial).exit_code, 2);
  EXPECT_EQ(mark("v2", "main", judged("v2", "v3")).exit_code, 2) << "v3 is merely saved";
  Verdict elsewhere = judged("v2", "v1.0.0");
  elsewhere.baseline->digest = digest_of_bytes("elsewhere");
  EXPECT_THAT(mark("v2", "main", elsewhere).err, HasSubstr("no release or green of this store"));
  elsewhere = judged("v2", "v1.0.0");
  elsewhere.baseline->version = "v9";
  EXPECT_EQ(mark("v2", "main", elsewhere).exit_code, 2);
  elsewhere.baseline.reset();
  EXPECT_EQ(mark("v2", "main", elsewhere).exit_code, 2);
  EXPECT_FALSE(fs::exists(store() / "greens"));
}

TEST_F(GreenTest, never_changes_and_is_not_moved_back_by_a_job_that_runs_again) {
  release("v1.0.0", {{"model.pt", "one"}});
  save("v2", {{"model.pt", "two"}});
  save("v3", {{"model.pt", "three"}});
  ASSERT_EQ(mark("v2", "main", "v1.0.0").exit_code, 0);
  ASSERT_EQ(mark("v3", "main", "v2").exit_code, 0);
  const std::string before = read_file(store() / "greens" / "1.json");
  Verdict again = judged("v2", "v1.0.0");
  again.sentence = "another day";
  const Outcome outcome = mark("v2", "main", again);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("unchanged v2: number 1, on main"));
  EXPECT_EQ(read_file(store() / "greens" / "1.json"), before);
  EXPECT_FALSE(fs::exists(store() / "greens" / "3.json"));
  EXPECT_EQ(last_of("main"), "v3");
}

TEST_F(GreenTest, has_the_commit_that_was_judged) {
  release("v1.0.0", {{"model.pt", "one"}});
  save("v2", {{"model.pt", "two"}});
  save("v3", {{"model.pt", "three"}});
  Verdict verdict = judged("v2", "v1.0.0");
  verdict.candidate.commit = std::string(40, 'a');
  ASSERT_EQ(mark("v2", "main", verdict).exit_code, 0);
  EXPECT_EQ(green(1).commit, std::string(40, 'a'));
  EXPECT_THAT(program("list --json").out, HasSubstr("\"commit\": \"" + std::string(40, 'a') + "\""));
  verdict = judged("v3", "v1.0.0");
  verdict.candidate.commit = std::string(40, 'b');
  verdict.candidate.modified = true;
  ASSERT_EQ(mark("v3", "main", verdict).exit_code, 0);
  EXPECT_EQ(green(2).commit, "") << "the commit has other files";
}

TEST_F(GreenTest, a_release_that_was_saved_without_its_commit_has_the_one_that_was_judged) {
  save("v1", {{"model.pt", "one"}});
  Verdict verdict = passing_verdict("v1");
  verdict.candidate.commit = std::string(40, 'a');
  ASSERT_EQ(promote("v1", verdict), 0);
  EXPECT_EQ(manifest("releases", "v1").commit, std::string(40, 'a'));
}

TEST_F(GreenTest, is_shown_and_listed) {
  release("v1.0.0", {{"model.pt", "one"}});
  EXPECT_THAT(program("list").out, Not(HasSubstr("GREEN")));
  save("v2", {{"model.pt", "two"}});
  save("v3", {{"model.pt", "three"}});
  ASSERT_EQ(mark("v2", "main", "v1.0.0").exit_code, 0);
  ASSERT_EQ(mark("v3", "main", "v2").exit_code, 0);
  ASSERT_EQ(mark("v2", "release/1", "v1.0.0").exit_code, 0);
  const std::string list = program("list").out;
  EXPECT_THAT(list,
              AllOf(HasSubstr("GREEN ON"),
                    ::testing::ContainsRegex("v2 +green +against v1.0.0 .*  main, release/1 \\(last\\)\n"),
                    ::testing::ContainsRegex("v3 +green +against v2 .*  main \\(last\\)\n")));
  EXPECT_THAT(program("show v3").out,
              AllOf(HasSubstr("green, not released"), HasSubstr("on main (the last), number 2, against v2")));
  const Node document = parse_json(program("list --json").out, "stdout");
  Fields second(Fields(document).required("versions").items().at(1));
  EXPECT_EQ(second.text("state"), "green");
  Fields first(second.required("greens").items().at(0));
  EXPECT_EQ(first.text("branch"), "main");
  EXPECT_EQ(first.required("number").integer(), 1);
  EXPECT_FALSE(first.required("last").boolean());
}

TEST_F(GreenTest, what_is_no_branch_no_version_and_no_verdict_is_refused) {
  release("v1.0.0", {{"model.pt", "one"}});
  save("v2", {{"model.pt", "two"}});
  for (const char* branch : {"", "a b", "../x", "refs/heads/x", ".x"})
    EXPECT_EQ(mark("v2", branch, "v1.0.0").exit_code, 2);
  EXPECT_EQ(code("green v9 --branch main --verdict verdict.json"), 2);
  EXPECT_EQ(code("green latest --branch main --verdict verdict.json"), 2);
  EXPECT_EQ(code("green v2 --branch main --verdict missing.json"), 4);
  EXPECT_EQ(code("green v2 --branch main"), 2);
  EXPECT_EQ(code("green v2 --verdict verdict.json"), 2);
  EXPECT_EQ(code("save 'saving v2' --version merge-base"), 2);
}

TEST_F(GreenTest, many_at_once_get_numbers_of_their_own) {
  release("v1.0.0", {{"model.pt", "one"}});
  std::string script;
  constexpr int count = 8;
  for (int i = 0; i < count; ++i) {
    const std::string version = "v2." + std::to_string(i);
    save(version, {{"model.pt", version}});
    write_verdict(judged(version, "v1.0.0"), version + ".verdict");
    script += "'" MODELGATE_BIN_DIR "/modelgate-baseline' green " + version + " --branch main --verdict " +
              version + ".verdict & ";
  }
  EXPECT_EQ(program("list >list.out", script + "wait;").exit_code, 0);
  std::set<std::string> versions;
  for (int number = 1; number <= count; ++number) versions.insert(green(number).version);
  EXPECT_EQ(versions.size(), static_cast<std::size_t>(count));
  EXPECT_EQ(code("verify"), 0);
}

class DamagedGreenTest : public GreenTest {
 protected:
  void SetUp() override {
    GreenTest::SetUp();
    release("v1.0.0", {{"model.pt", "one"}});
    save("v2", {{"model.pt", "two"}});
    ASSERT_EQ(mark("v2", "main", "v1.0.0").exit_code, 0);
  }
  void expect_found(const std::string& named, const std::string& words) const {
    const Outcome outcome = program("verify");
    EXPECT_EQ(outcome.exit_code, 4);
    EXPECT_THAT(outcome.err, AllOf(HasSubstr(named), HasSubstr(words)));
  }
  fs::path file() const { return store() / "greens" / "1.json"; }
};

TEST_F(DamagedGreenTest, an_edited_one_is_found_and_is_no_baseline) {
  std::string text = read_file(file());
  text.replace(text.find("\"main\""), 6, "\"mine\"");
  overwrite(file(), text);
  expect_found("1.json", "was changed");
  EXPECT_EQ(code("checkout branch:mine --to target"), 4);
  EXPECT_EQ(code("list"), 4);
  EXPECT_EQ(code("verify v2"), 4);
  EXPECT_EQ(code("verify v1.0.0"), 4) << "nobody can tell whose it was";
}

TEST_F(DamagedGreenTest, one_under_another_number_or_that_is_a_link) {
  fs::copy_file(file(), store() / "greens" / "7.json");
  expect_found("7.json", "expected green 7, found 1");
  fs::remove(store() / "greens" / "7.json");
  fs::rename(file(), folder_ / "kept.json");
  fs::create_symlink(folder_ / "kept.json", file());
  expect_found("1.json", "is a link");
}

TEST_F(DamagedGreenTest, what_does_not_belong_there) {
  for (const char* name : {"notes.txt", "01.json", "x.json", ".json"}) {
    write_file(store() / "greens" / name, "x");
    expect_found(name, "is not a green");
    fs::remove(store() / "greens" / name);
  }
  EXPECT_EQ(code("verify"), 0);
}

TEST_F(DamagedGreenTest, one_whose_version_or_verdict_is_gone) {
  fs::remove(object(green(1).verdict_digest));
  expect_found(object(green(1).verdict_digest).filename(), "is missing");
}

TEST_F(DamagedGreenTest, one_forged_with_its_object_is_not_what_its_verdict_judged) {
  save("v3", {{"model.pt", "worse"}});
  Green forged = green(1);
  forged.number = 2;
  forged.version = "v3";
  forged.digest = manifest("saved", "v3").digest;
  const std::string text = to_json(forged);
  write_file(object(digest_of_bytes(text)), text);
  write_file(store() / "greens" / "2.json", text);
  expect_found("2.json", "was not let through by its verdict");
}

TEST_F(DamagedGreenTest, damaged_files_are_not_marked) {
  save("v3", {{"model.pt", "three"}});
  overwrite(object(digest_of_bytes("three")), "threE");
  EXPECT_EQ(mark("v3", "main", "v2").exit_code, 4);
  EXPECT_FALSE(fs::exists(store() / "greens" / "2.json"));
}

}  // namespace
}  // namespace modelgate
