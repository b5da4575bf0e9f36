// The exit contract: what CI acts on.

#include "schemas/documents/status_code.h"

#include <gtest/gtest.h>

namespace modelgate {
namespace {

using enum Status;

Check check_that(Status status, const std::string& waiver = "") {
  Check check;
  check.status = status;
  check.waiver = waiver;
  return check;
}

/// Every kind that a check may be, a waived pass and a value that is none among them.
const std::vector<Check> kinds = {check_that(pass),
                                  check_that(fail),
                                  check_that(inconclusive),
                                  check_that(error),
                                  check_that(not_compared),
                                  check_that(pass, "known"),
                                  check_that(static_cast<Status>(99))};

/// All verdicts over none to three checks.
std::vector<std::vector<Check>> combinations() {
  std::vector<std::vector<Check>> all = {{}};
  for (std::size_t begin = 0, size = 0; size < 3; ++size) {
    const std::size_t end = all.size();
    for (std::size_t i = begin; i < end; ++i)
      for (const Check& kind : kinds) {
        all.push_back(all[i]);
        all.back().push_back(kind);
      }
    begin = end;
  }
  return all;
}

bool any(const std::vector<Check>& checks, Status status) {
  for (const Check& check : checks)
    if (check.status == status) return true;
  return false;
}

Verdict verdict_of(const std::vector<Check>& checks, std::optional<InconclusiveAction> action) {
  Verdict verdict;
  verdict.checks = checks;
  verdict.status = worst(checks);
  if (action) verdict.inconclusive = InconclusivePolicy{*action, "so"};
  return verdict;
}

std::string words(const std::vector<Check>& checks) {
  std::string all;
  for (const Check& check : checks)
    all += name_of(check.status) + (check.waiver.empty() ? " " : " (waived) ");
  return all;
}

TEST(ExitContract, of_every_combination_of_checks_without_a_policy_is_that_of_the_worst) {
  for (const auto& checks : combinations())
    for (const auto& action :
         {std::optional<InconclusiveAction>(), std::optional(InconclusiveAction::block)}) {
      const ExitCode expected = any(checks, fail)           ? ExitCode::fail
                                : any(checks, error)        ? ExitCode::error
                                : any(checks, inconclusive) ? ExitCode::inconclusive
                                : any(checks, pass)         ? ExitCode::pass
                                                            : ExitCode::error;
      EXPECT_EQ(exit_code_of(verdict_of(checks, action)), expected) << words(checks);
    }
}

TEST(ExitContract, of_every_combination_of_checks_with_a_warning_lets_only_doubt_beside_a_pass_through) {
  int let_through = 0;
  for (const auto& checks : combinations()) {
    const Verdict verdict = verdict_of(checks, InconclusiveAction::warn);
    bool proven = false, doubt_alone = any(checks, inconclusive);
    for (const Check& check : checks) {
      proven = proven || (check.status == pass && check.waiver.empty());
      doubt_alone = doubt_alone &&
                    (check.status == pass || check.status == inconclusive || check.status == not_compared);
    }
    const bool warns = proven && doubt_alone;
    EXPECT_EQ(only_warns(verdict), warns) << words(checks);
    EXPECT_EQ(exit_code_of(verdict), warns ? ExitCode::pass : exit_code_of(verdict.status)) << words(checks);
    let_through += warns ? 1 : 0;
  }
  EXPECT_EQ(let_through, 2 + 3 + 3 + 6 + 6);
}

TEST(ExitContract, of_a_warning_changes_nothing_but_what_cannot_be_decided) {
  for (const Status status : {pass, fail, error, not_compared, static_cast<Status>(99)}) {
    // As if a document's status contradicted its checks.
    Verdict verdict = verdict_of({check_that(pass), check_that(inconclusive)}, InconclusiveAction::warn);
    verdict.status = status;
    EXPECT_EQ(exit_code_of(verdict), exit_code_of(status)) << name_of(status);
    EXPECT_FALSE(only_warns(verdict));
  }
  Verdict unfounded = verdict_of({check_that(pass)}, InconclusiveAction::warn);
  unfounded.status = inconclusive;
  EXPECT_EQ(exit_code_of(unfounded), ExitCode::inconclusive) << "no check says what cannot be decided";
}

TEST(ExitContract, of_an_action_that_is_none_blocks) {
  const Verdict verdict =
      verdict_of({check_that(pass), check_that(inconclusive)}, static_cast<InconclusiveAction>(7));
  EXPECT_EQ(exit_code_of(verdict), ExitCode::inconclusive);
}

}  // namespace
}  // namespace modelgate
