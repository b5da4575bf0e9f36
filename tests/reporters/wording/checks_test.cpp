#include "reporters/wording/checks.h"

#include <gmock/gmock.h>

#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::ElementsAre;

Check improved() {
  Check check = slowdown("BM_y real_time", Status::pass);
  check.improved = true;
  return check;
}

Check waived() {
  Check check = check_of("unit", "Suite.Waived", Status::pass);
  check.waiver = "known (until 2026-12-31)";
  return check;
}

TEST(Standing, tells_a_waived_and_an_improved_check_from_one_that_plainly_passes) {
  EXPECT_EQ(standing_of(check_of("unit", "A.B", Status::pass)), Standing::pass);
  EXPECT_EQ(standing_of(improved()), Standing::better);
  EXPECT_EQ(standing_of(waived()), Standing::waived);
  EXPECT_EQ(standing_of(retried("A.b", Status::pass)), Standing::flaky);
  EXPECT_EQ(standing_of(retried("A.b", Status::fail)), Standing::fail);
  Check waived_flaky = retried("A.b", Status::pass);
  waived_flaky.waiver = "known";
  EXPECT_EQ(standing_of(waived_flaky), Standing::waived);
  Check failed_better = improved();
  failed_better.status = Status::fail;
  EXPECT_EQ(standing_of(failed_better), Standing::fail);
}

TEST(Order, puts_what_blocks_first_and_keeps_the_verdicts_order_within) {
  const std::vector<Check> checks = {
      check_of("a", "1", Status::pass),         check_of("a", "2", Status::not_compared),
      check_of("a", "3", Status::inconclusive), improved(),
      check_of("a", "5", Status::error),        check_of("a", "6", Status::fail),
      check_of("a", "7", Status::pass),         waived(),
      check_of("a", "9", Status::fail)};
  std::vector<std::string> names;
  for (const Check* check : in_order(checks)) names.push_back(check->name);
  EXPECT_THAT(names, ElementsAre("6", "9", "5", "3", "Suite.Waived", "BM_y real_time", "1", "7", "2"));
  EXPECT_EQ(tally_text(tally(checks)),
            "9 checks: 2 fail, 1 error, 1 cannot tell, 1 waived, 1 better, 2 pass, 1 not compared");
  EXPECT_EQ(tally_text(tally({})), "no checks");
}

TEST(Outcome, is_the_verdicts_where_its_checks_agree) {
  for (const Status status : {Status::pass, Status::fail, Status::inconclusive, Status::error}) {
    const Outcome outcome = outcome_of(verdict_of({check_of("a", "1", status)}));
    EXPECT_EQ(outcome.status, status);
    EXPECT_EQ(outcome.contradiction, "");
  }
}

TEST(Outcome, is_the_worse_of_two_that_contradict_each_other) {
  const std::vector<Status> all = {Status::pass, Status::inconclusive, Status::error, Status::fail};
  for (std::size_t said = 0; said < all.size(); ++said)
    for (std::size_t held = 0; held < all.size(); ++held) {
      if (said == held) continue;
      Verdict verdict = verdict_of({check_of("a", "1", all[held])});
      verdict.status = all[said];
      EXPECT_EQ(outcome_of(verdict).status, all[std::max(said, held)]);
      EXPECT_NE(outcome_of(verdict).contradiction, "");
    }
}

TEST(Outcome, of_a_pass_without_a_check_that_passes_is_an_error) {
  Verdict empty = verdict_of({});
  empty.status = Status::pass;
  EXPECT_EQ(outcome_of(empty).status, Status::error);
  Verdict nothing_compared = verdict_of({check_of("a", "1", Status::not_compared)});
  nothing_compared.status = Status::pass;
  EXPECT_EQ(outcome_of(nothing_compared).status, Status::error);
}

TEST(Names, carry_their_slice) {
  Check check = accuracy("zh");
  EXPECT_EQ(name_with_slice(check), "accuracy [lang=zh]");
  check.slice["intent"] = "refund";
  EXPECT_EQ(name_with_slice(check), "accuracy [intent=refund, lang=zh]");
}

TEST(Sentences, do_not_repeat_the_name_that_stands_beside_them) {
  EXPECT_EQ(sentence_beside_name(check_of("u", "A.B", Status::fail, "A.B fails")), "fails");
  EXPECT_EQ(sentence_beside_name(check_of("r", "out", Status::fail, "out: 3 elements differ")),
            "3 elements differ");
  EXPECT_EQ(sentence_beside_name(check_of("r", "out", Status::fail, "outputs differ")), "outputs differ");
  Check slice = accuracy("zh");
  slice.sentence = "accuracy of lang=zh fell";
  EXPECT_EQ(sentence_beside_name(slice), "accuracy of lang=zh fell");
}

TEST(Warnings, of_how_it_was_measured_come_last) {
  Check check = accuracy();
  check.warnings = {"the slice shrank"};
  Verdict verdict = verdict_of({check});
  verdict.warnings = {"speed: baseline and candidate: 10 pairs of processes", "candidate: 2 cores",
                      "the waiver of unit/A.b ended"};
  EXPECT_THAT(all_warnings(verdict),
              ElementsAre("the waiver of unit/A.b ended", "accuracy: the slice shrank",
                          "speed: baseline and candidate: 10 pairs of processes", "candidate: 2 cores"));
  EXPECT_FALSE(is_of_measuring("the new candidate: it is slow"));
  EXPECT_TRUE(is_of_measuring("speed, quality: baseline: no turbo"));
}

TEST(Sentences, leave_out_the_bounds_that_stand_beside_them) {
  Check check = slowdown();
  check.sentence =
      "BM_x real_time is 25.0 % slower (95 % bounds +23.5 % to +26.5 %, 12 process pairs), more than 10 %";
  EXPECT_EQ(sentence_beside_numbers(check), "is 25.0 % slower, more than 10 %");
  check.sentence = "it (really) fell (93.40 % to 91.10 %; 95 % bounds -3.45 to -1.15): not clear";
  EXPECT_EQ(sentence_beside_numbers(check), "it (really) fell: not clear");
  check.sentence = "nothing (is left out) here";
  EXPECT_EQ(sentence_beside_numbers(check), check.sentence);
  check.sentence = " % bounds never closed (";
  EXPECT_EQ(sentence_beside_numbers(check), check.sentence);
  check.sentence = "it fell (95 % bounds -3 to -1)";
  check.effect->lower.reset();
  check.effect->upper.reset();
  EXPECT_EQ(sentence_beside_numbers(check), check.sentence) << "no bounds stand beside it";
}

TEST(Subjects, are_named_and_identified_briefly) {
  const Verdict verdict = verdict_of({});
  EXPECT_EQ(subject_text(verdict.candidate), "support-intents v1.1.0");
  EXPECT_EQ(identity_text(verdict.candidate), "commit f27ab90c, sha256:cccccccccccc…");
  Subject changed = verdict.candidate;
  changed.modified = true;
  EXPECT_EQ(identity_text(changed), "commit f27ab90c and changes, sha256:cccccccccccc…");
  EXPECT_EQ(subject_text({}), "(no version)");
  EXPECT_EQ(identity_text({}), "");
}

TEST(Tests, are_known_by_their_names_and_the_lack_of_numbers) {
  const std::vector<Check> checks = {check_of("unit", "Suite.A", Status::pass),
                                     check_of("unit", "Suite.B", Status::fail),
                                     check_of("regression", "layer.weight", Status::pass),
                                     check_of("regression", "output", Status::pass), slowdown("BM.x")};
  EXPECT_THAT(gates_of_tests(checks), ElementsAre("unit"));
}

TEST(Tests, are_known_by_the_check_that_counts_them) {
  Check number = check_of("pytest", "tests", Status::pass);
  number.candidate = 2;
  number.n["judged"] = 2;
  EXPECT_THAT(gates_of_tests({number, check_of("pytest", "test_rates", Status::pass)}),
              ElementsAre("pytest"));
  EXPECT_FALSE(is_like_a_test(number));
}

TEST(Warnings, are_each_told_once) {
  Check first = slowdown("a"), second = slowdown("b"), third = slowdown("c");
  first.warnings = second.warnings = {"not interleaved"};
  third.warnings = {"one process"};
  Verdict verdict = verdict_of({first, second, third});
  verdict.warnings = {"2 cores"};
  EXPECT_THAT(all_warnings(verdict),
              ElementsAre("2 cores", "a and 1 more check: not interleaved", "c: one process"));
}

TEST(Confidence, is_named_for_one_side) {
  Check other = accuracy();
  other.effect->confidence = 0.99;
  EXPECT_EQ(confidence_text({accuracy()}), "each bound holds with a confidence of 95 % by itself");
  EXPECT_EQ(confidence_text({other, accuracy()}),
            "each bound holds with a confidence of 95 % to 99 % by itself");
  EXPECT_EQ(confidence_text({check_of("unit", "A.B", Status::pass)}), "");
}

TEST(Warning, is_said_of_a_verdict_that_is_undecided_and_does_not_block) {
  Verdict verdict = verdict_of({check_of("a", "b", Status::pass), check_of("a", "c", Status::inconclusive)});
  EXPECT_EQ(warning_text(verdict, outcome_of(verdict)), "");
  verdict.inconclusive = InconclusivePolicy{InconclusiveAction::warn, "branch x is no release branch"};
  EXPECT_EQ(warning_text(verdict, outcome_of(verdict)), "does not block: branch x is no release branch");
  verdict.inconclusive->action = InconclusiveAction::block;
  EXPECT_EQ(warning_text(verdict, outcome_of(verdict)), "");
  verdict.inconclusive->action = InconclusiveAction::warn;
  verdict.checks.push_back(check_of("a", "d", Status::fail));
  EXPECT_EQ(warning_text(verdict, outcome_of(verdict)), "") << "its checks contradict it";
}

}  // namespace
}  // namespace modelgate
