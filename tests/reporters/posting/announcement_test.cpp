#include "reporters/posting/announcement.h"

#include <gmock/gmock.h>

#include "schemas/documents/status_code.h"
#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Verdict undecided(InconclusiveAction action) {
  Verdict verdict = verdict_of({check_of("unit", "a", Status::pass), slowdown("b", Status::inconclusive)});
  verdict.inconclusive = InconclusivePolicy{action, "branch feature/x is no release branch"};
  return verdict;
}

TEST(Announcement, of_a_pass_succeeds) {
  const Announcement told = announcement_of(verdict_of({check_of("unit", "a", Status::pass)}));
  EXPECT_TRUE(told.succeeds());
  EXPECT_EQ(told.text, "pass: the whole in one sentence");
}

TEST(Announcement, of_what_blocks_never_succeeds) {
  for (const Status status : {Status::fail, Status::error, Status::inconclusive, Status::not_compared}) {
    const Announcement told = announcement_of(verdict_of({check_of("unit", "a", status)}));
    EXPECT_FALSE(told.succeeds()) << name_of(status);
    EXPECT_FALSE(told.warns);
  }
  EXPECT_FALSE(announcement_of(verdict_of({})).succeeds());
  EXPECT_FALSE(announcement_of(undecided(InconclusiveAction::block)).succeeds());
}

TEST(Announcement, of_what_only_warns_succeeds_and_says_so) {
  const Announcement told = announcement_of(undecided(InconclusiveAction::warn));
  EXPECT_TRUE(told.succeeds());
  EXPECT_TRUE(told.warns);
  EXPECT_THAT(told.text, StartsWith("cannot tell, does not block: "));
}

TEST(Announcement, of_a_verdict_that_contradicts_its_checks_is_that_of_the_worse) {
  Verdict verdict = verdict_of({check_of("unit", "a", Status::fail)});
  verdict.status = Status::pass;
  const Announcement told = announcement_of(verdict);
  EXPECT_FALSE(told.succeeds());
  EXPECT_THAT(told.text, HasSubstr("it was not written by a gate"));
  verdict = undecided(InconclusiveAction::warn);
  verdict.status = Status::pass;
  EXPECT_FALSE(announcement_of(verdict).succeeds());
}

TEST(Announcement, agrees_with_the_exit_code_of_every_verdict_that_does_not_contradict_itself) {
  for (const Status first :
       {Status::pass, Status::fail, Status::inconclusive, Status::error, Status::not_compared})
    for (const Status second :
         {Status::pass, Status::fail, Status::inconclusive, Status::error, Status::not_compared})
      for (const InconclusiveAction action : {InconclusiveAction::block, InconclusiveAction::warn}) {
        Verdict verdict = verdict_of({check_of("unit", "a", first), check_of("unit", "b", second)});
        verdict.inconclusive = InconclusivePolicy{action, "because"};
        EXPECT_EQ(announcement_of(verdict).exit_code, exit_code_of(verdict));
        EXPECT_EQ(announcement_of(verdict).succeeds(), exit_code_of(verdict) == ExitCode::pass);
      }
}

TEST(Announcement, is_one_printable_line_whatever_the_document_holds) {
  for (const std::string& text : hostile_texts) {
    Verdict verdict = verdict_of({check_of("unit", "a", Status::fail)});
    verdict.sentence = text;
    EXPECT_TRUE(is_printable(announcement_of(verdict).text)) << text;
  }
}

TEST(Announcement, is_cut_at_whole_characters_as_platforms_count_them) {
  EXPECT_EQ(within_characters("abcdef", 6), "abcdef");
  EXPECT_EQ(within_characters("abcdefg", 6), "abcde…");
  EXPECT_EQ(within_characters("äöüäöü", 6), "äöüäöü");
  EXPECT_EQ(within_characters("äöüäöüä", 6), "äöüäö…");
  EXPECT_EQ(within_characters("🎉🎉🎉", 6), "🎉🎉🎉");
  EXPECT_EQ(within_characters("🎉🎉🎉a", 6), "🎉🎉…");
  EXPECT_EQ(within_characters("", 6), "");
}

}  // namespace
}  // namespace modelgate
