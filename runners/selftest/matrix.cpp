#include "runners/selftest/matrix.h"

#include <algorithm>
#include <tuple>

namespace modelgate {
namespace {

Ruling rule(Expected expected, const Row& row, int exit_code) {
  const std::string& status = row.status;
  switch (expected) {
    case Expected::fail:
      if (status == "fail") return Ruling::as_expected;
      if (status == "pass" || status == "not_compared") return Ruling::let_through;
      return status == "inconclusive" ? Ruling::unproven : Ruling::untried;
    case Expected::not_fail:
      if (status == "pass" || status == "inconclusive") return Ruling::as_expected;
      return status == "fail" ? Ruling::false_alarm : Ruling::untried;
    case Expected::not_pass:
      break;
  }
  // CI acts on the exit code, so a loss that is called an error and exits with 0 is let through all the same.
  const bool blocked = (status == "fail" || status == "error" || status == "no verdict") && exit_code != 0;
  return blocked ? Ruling::as_expected : Ruling::let_through;
}

Row row_without_verdict(const Planting& planted, const Obtained& obtained) {
  Row row;
  row.planted = planted;
  row.status = "no verdict";
  row.reason = obtained.words;
  return row;
}

Row row_of(const Planting& planted, const Obtained& obtained, std::size_t& next) {
  if (!obtained.verdict) return row_without_verdict(planted, obtained);
  const Verdict& verdict = *obtained.verdict;
  Row row;
  row.planted = planted;
  const Check* check =
      planted.check.empty() ? nullptr : find_check(verdict, planted.check, planted.slice, next);
  if (check != nullptr) {
    next = static_cast<std::size_t>(check - verdict.checks.data()) + 1;
    row.status = name_of(check->status);
    row.reason = check->reason;
    row.needs = check->needs;
    row.p_regression = check->p_regression;
    return row;
  }
  // Of a check that is not there the gate says why by its errors, or it has vanished without a word.
  const bool erred = verdict.status == Status::error || verdict.status == Status::fail;
  row.status = planted.check.empty() || (erred && planted.expected == Expected::not_pass)
                   ? name_of(verdict.status)
               : verdict.status == Status::error ? "error"
                                                 : "not_compared";
  row.reason = planted.check.empty() || erred ? verdict.sentence : "the verdict does not hold this check";
  return row;
}

}  // namespace

std::string name_of(Level level) {
  switch (level) {
    case Level::none:
      return "none";
    case Level::half:
      return "half";
    case Level::twice:
      return "twice";
    case Level::gross:
      return "gross";
    case Level::other:
      break;
  }
  return "other";
}

std::string name_of(Expected expected) {
  switch (expected) {
    case Expected::fail:
      return "fail";
    case Expected::not_fail:
      return "not fail";
    case Expected::not_pass:
      break;
  }
  return "not pass";
}

std::string name_of(Ruling ruling) {
  switch (ruling) {
    case Ruling::as_expected:
      return "as expected";
    case Ruling::unproven:
      return "not proven";
    case Ruling::untried:
      return "not tried";
    case Ruling::false_alarm:
      return "false alarm";
    case Ruling::let_through:
      break;
  }
  return "let through";
}

const Check* find_check(const Verdict& verdict, const std::string& name,
                        const std::map<std::string, std::string>& slice, std::size_t from) {
  const std::vector<Check>& checks = verdict.checks;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const Check& check = checks[(from + i) % checks.size()];
    if (check.name == name && check.slice == slice) return &check;
  }
  return nullptr;
}

void Matrix::add(const Planting& planted, const Obtained& obtained) {
  Row row = row_of(planted, obtained, next_);
  row.folder = obtained.folder;
  row.ruling = rule(planted.expected, row, obtained.exit_code);
  rows_.push_back(std::move(row));
}

void Matrix::count_in_family(const Verdict& verdict) {
  family_ += static_cast<std::size_t>(
      std::count_if(verdict.checks.begin(), verdict.checks.end(),
                    [](const Check& check) { return check.p_regression.has_value(); }));
}

void Matrix::correct_for_many(double alpha_fail) {
  const double alone = alpha_fail / static_cast<double>(std::max<std::size_t>(family_, 1));
  for (Row& row : rows_) {
    if (row.planted.expected != Expected::fail || row.ruling != Ruling::as_expected || !row.p_regression)
      continue;
    if (*row.p_regression <= alone) continue;
    row.ruling = Ruling::unproven;
    row.needs = "more data: alone among " + std::to_string(family_) +
                " checks that are judged together this failure could be chance";
  }
}

void Matrix::arrange(const std::vector<std::string>& gates) {
  const auto key = [&](const Row& row) {
    const Planting& planted = row.planted;
    const auto place = std::find(gates.begin(), gates.end(), planted.gate) - gates.begin();
    return std::tuple(place, planted.check.empty(), planted.check, planted.slice, planted.level,
                      planted.words);
  };
  std::stable_sort(rows_.begin(), rows_.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
}

std::size_t Matrix::count(Ruling ruling) const {
  return static_cast<std::size_t>(
      std::count_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.ruling == ruling; }));
}

ExitCode Matrix::exit_code() const {
  if (count(Ruling::let_through) > 0 || count(Ruling::false_alarm) > 0) return ExitCode::fail;
  if (rows_.empty() || count(Ruling::untried) > 0) return ExitCode::error;
  return count(Ruling::unproven) > 0 ? ExitCode::inconclusive : ExitCode::pass;
}

}  // namespace modelgate
