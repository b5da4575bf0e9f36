#include "schemas/documents/status_code.h"

#include <algorithm>

namespace modelgate {

ExitCode exit_code_of(Status status) {
  switch (status) {
    case Status::pass:
      return ExitCode::pass;
    case Status::fail:
      return ExitCode::fail;
    case Status::inconclusive:
      return ExitCode::inconclusive;
    case Status::error:
    case Status::not_compared:
      break;
  }
  return ExitCode::error;
}

bool only_warns(const Verdict& verdict) {
  const bool undecided =
      verdict.status == Status::inconclusive && worst(verdict.checks) == Status::inconclusive;
  const bool asked =
      undecided && verdict.inconclusive && verdict.inconclusive->action == InconclusiveAction::warn;
  const auto may_pass = [](const Check& check) {
    return check.status == Status::pass || check.status == Status::inconclusive ||
           check.status == Status::not_compared;
  };
  const auto passes = [](const Check& check) { return check.status == Status::pass && check.waiver.empty(); };
  return asked && std::all_of(verdict.checks.begin(), verdict.checks.end(), may_pass) &&
         std::any_of(verdict.checks.begin(), verdict.checks.end(), passes);
}

ExitCode exit_code_of(const Verdict& verdict) {
  return only_warns(verdict) ? ExitCode::pass : exit_code_of(verdict.status);
}

}  // namespace modelgate
