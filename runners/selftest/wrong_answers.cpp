#include "runners/selftest/wrong_answers.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "runners/selftest/plant_records.h"

namespace modelgate {
namespace {

using Aim = CountSearch::Aim;

/// How bad a check finds the answers, in points: the fall of its metric, or its value with the sign turned
/// round; nothing if the gate did not say.
std::optional<double> badness(const Check& check, Demand demand) {
  const bool higher = check.direction != Direction::lower_is_better;
  if (demand == Demand::margin) {
    if (!check.effect) return std::nullopt;
    return higher ? -check.effect->estimate : check.effect->estimate;
  }
  if (!check.candidate) return std::nullopt;
  return 100 * (higher ? -*check.candidate : *check.candidate);
}

/// What the level wants it to be.
double wanted(const Check& check, Demand demand, Level level) {
  const double times = level == Level::half ? 0.5 : 2;
  // A margin of nothing tolerates no worsening, and twice nothing would plant none.
  if (demand == Demand::margin)
    return *check.margin > 0 ? times * *check.margin : level == Level::half ? 0 : 1;
  const double limit = check.limit->value;
  if (check.limit->kind == Limit::Kind::maximum) return 100 * times * limit;
  // A minimum of 0.9 tolerates a tenth of wrong answers.
  return -100 * std::max(0.0, 1 - times * (1 - limit));
}

std::string points_text(double points) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", points);
  return text;
}

}  // namespace

WrongAnswers::WrongAnswers(const Specimen& specimen, PlanGate gate, std::shared_ptr<const AnswerRows> rows,
                           const Verdict& unharmed, Demand demand, Level level, Laboratory& laboratory,
                           Matrix& matrix)
    : specimen_(specimen),
      gate_(std::move(gate)),
      rows_(std::move(rows)),
      demand_(demand),
      level_(level),
      laboratory_(laboratory),
      matrix_(matrix) {
  for (const Check& check : unharmed.checks)
    if (demand == Demand::margin ? check.margin.has_value() : check.limit.has_value())
      if (check.status != Status::error) parts_.push_back(part_of(check, unharmed));
}

/// Of the small slices that are judged together: the rows that are in no other slice.
AnswerRows::Part WrongAnswers::rows_of(const Check& check, const Verdict& unharmed) const {
  AnswerRows::Part rows = rows_->part(check.slice);
  if (!rows.right.empty() || !rows.wrong.empty()) return rows;
  std::vector<std::map<std::string, std::string>> others;
  for (const Check& other : unharmed.checks) {
    const bool is_by_the_same =
        other.name == check.name &&
        std::equal(other.slice.begin(), other.slice.end(), check.slice.begin(), check.slice.end(),
                   [](const auto& a, const auto& b) { return a.first == b.first; });
    if (is_by_the_same && other.slice != check.slice) others.push_back(other.slice);
  }
  return rows_->rest(others);
}

WrongAnswers::Part WrongAnswers::part_of(const Check& check, const Verdict& unharmed) const {
  AnswerRows::Part rows = rows_of(check, unharmed);
  const auto right = static_cast<std::int64_t>(rows.right.size());
  if (level_ == Level::gross) {
    const std::int64_t count = demand_ == Demand::margin ? (right + 1) / 2 : right;
    // A search that is over before it begins.
    return {check, std::move(rows), CountSearch(Aim::at_least, count, 0, -1, 1), false};
  }
  const Aim aim = level_ == Level::half ? Aim::at_most : Aim::at_least;
  const double now = badness(check, demand_).value_or(0), want = wanted(check, demand_, level_);
  // With every answer wrong a score falls to nothing, and a rate of mistakes rises to all.
  const double candidate = check.candidate.value_or(1);
  const double at_worst =
      now + 100 * (check.direction == Direction::lower_is_better ? 1 - candidate : candidate);
  const bool repaired = aim == Aim::at_most && demand_ == Demand::limit && now > want;
  return {check, std::move(rows), CountSearch(aim, right, now, at_worst, want), repaired};
}

std::vector<std::int64_t> WrongAnswers::counts(bool& all_found) const {
  std::vector<std::int64_t> counts;
  all_found = true;
  for (const Part& part : parts_) {
    const auto next = level_ == Level::gross ? std::nullopt : part.search.next();
    all_found = all_found && !next;
    counts.push_back(next.value_or(part.search.found()));
  }
  return counts;
}

void WrongAnswers::try_next() {
  bool final = false;
  const std::vector<std::int64_t> now = counts(final);
  const std::string name = parts_.front().check.name + (demand_ == Demand::limit ? "" : "-margin") + "-" +
                           name_of(level_) + (final ? "" : "-search");
  laboratory_.add(gate_trial(
      specimen_, gate_, name,
      [self = shared_from_this(), now](const ResultsFolder& results) {
        write_rows(self->specimen_, self->text_with(now), results);
      },
      [self = shared_from_this(), now, final](const Obtained& obtained) {
        self->take(now, final, obtained);
      }));
}

void WrongAnswers::take(const std::vector<std::int64_t>& counts_tried, bool final, const Obtained& obtained) {
  if (final) return conclude(counts_tried, obtained);
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    Part& part = parts_[i];
    if (!part.search.next()) continue;
    const Check* check =
        obtained.verdict ? find_check(*obtained.verdict, part.check.name, part.check.slice) : nullptr;
    part.search.tell(counts_tried[i], check != nullptr ? badness(*check, demand_) : std::nullopt);
  }
  bool all_found = false;
  // What was tried last may be what was looked for.
  if (counts(all_found) == counts_tried && all_found) return conclude(counts_tried, obtained);
  try_next();
}

void WrongAnswers::conclude(const std::vector<std::int64_t>& counts_tried, const Obtained& obtained) {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const Check& check = parts_[i].check;
    matrix_.add({check.gate, check.name, check.slice, level_, words_for(parts_[i], counts_tried[i], obtained),
                 level_ == Level::half ? Expected::not_fail : Expected::fail},
                obtained);
  }
}

std::string WrongAnswers::text_with(const std::vector<std::int64_t>& counts_planted) const {
  using Answer = AnswerRows::Answer;
  std::vector<Answer> answers(rows_->size(), Answer::as_it_is);
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const AnswerRows::Part& rows = parts_[i].rows;
    for (std::int64_t k = 0; k < counts_planted[i]; ++k)
      answers[rows.right[static_cast<std::size_t>(k)]] = Answer::wrong;
    if (parts_[i].repaired)
      for (const std::size_t row : rows.wrong) answers[row] = Answer::right;
  }
  return rows_->text(answers);
}

std::string WrongAnswers::words_for(const Part& part, std::int64_t count, const Obtained& obtained) const {
  if (part.repaired) return "all answers right";
  std::string words =
      std::to_string(count) + " of " + std::to_string(part.rows.right.size()) + " right answers wrong";
  const Check* check =
      obtained.verdict ? find_check(*obtained.verdict, part.check.name, part.check.slice) : nullptr;
  const auto bad = check != nullptr ? badness(*check, demand_) : std::nullopt;
  if (bad)
    words = demand_ == Demand::margin ? points_text(*bad) + " points worse, " + words
                                      : "a value of " + points_text(std::abs(*bad)) + " %, " + words;
  return words;
}

}  // namespace modelgate
