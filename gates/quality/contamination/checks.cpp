#include "gates/quality/contamination/checks.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <functional>

#include "gates/quality/contamination/contamination.h"
#include "gates/quality/contamination/test_texts.h"
#include "gates/quality/rows/offenders.h"
#include "gates/quality/wording.h"

namespace modelgate {
namespace {

constexpr std::size_t most_examples = 5;

/// So many texts of each likeness, and the first of them.
struct Tally {
  std::map<Likeness, std::int64_t> counts;
  std::vector<std::size_t> examples;

  void add(Likeness likeness, std::size_t text) {
    if (likeness == Likeness::none) return;
    ++counts[likeness];
    if (examples.size() < most_examples) examples.push_back(text);
  }
  std::int64_t count(Likeness likeness) const {
    const auto found = counts.find(likeness);
    return found == counts.end() ? 0 : found->second;
  }
  std::int64_t all() const {
    return count(Likeness::exact) + count(Likeness::similar) + count(Likeness::contained);
  }
};

const char* words_for(Likeness likeness) {
  switch (likeness) {
    case Likeness::exact:
      return "the same as";
    case Likeness::similar:
      return "nearly the same as";
    case Likeness::contained:
      return "contained, mostly in";
    case Likeness::none:
      break;
  }
  return "unlike";
}

/// How a share of the test texts is told of.
struct Share {
  std::string name;   ///< Of the check.
  std::string found;  ///< "in the training data"
  std::string definition;
  std::function<std::string(std::size_t)> example;
};

Check check_of(const Share& told, const Tally& tally, std::size_t texts, std::optional<double> maximum,
               const Verdict& verdict) {
  const std::int64_t count = tally.all();
  const double share = static_cast<double>(count) / static_cast<double>(texts);
  Check check;
  check.gate = verdict.gate;
  check.name = told.name + (maximum ? " max" : "");
  check.candidate = share;
  check.unit = "fraction";
  check.direction = Direction::lower_is_better;
  check.method = "counted";
  check.n = {{"rows", static_cast<std::int64_t>(texts)},
             {"exact", tally.count(Likeness::exact)},
             {"similar", tally.count(Likeness::similar)},
             {"contained", tally.count(Likeness::contained)}};
  check.sentence = fmt::format("{} of {} test texts ({:.2f} %) {} {}", count, texts, 100 * share,
                               count == 1 ? "is" : "are", told.found);
  if (maximum) {
    // The share of this test set is known, not estimated: there is nothing to prove.
    check.limit = Limit{Limit::Kind::maximum, *maximum};
    const bool is_held = share <= *maximum * (1 + 1e-12);
    check.status = is_held ? Status::pass : Status::fail;
    check.reason = is_held ? "limit_held" : "limit_exceeded";
    check.sentence += fmt::format(", {} the limit of {:g} %", is_held ? "within" : "above", 100 * *maximum);
  } else {
    check.status = Status::not_compared;
    check.reason = "no_limit";
    check.sentence += ", without a limit";
  }
  check.details = told.definition;
  for (const std::size_t text : tally.examples) check.details += "\n" + told.example(text);
  return check;
}

/// What "the same", "nearly" and "contained" mean.
std::string definition_of(const NearRule& rule, bool with_contained) {
  std::string words = fmt::format(
      "The same: in NFKC, without case and with single blanks. Nearly the same: {:g} % of the {}-word "
      "shingles of "
      "both in common, without punctuation; Chinese and Japanese by characters.",
      100 * rule.similar, rule.shingle);
  if (with_contained)
    words += fmt::format(" Contained: {:g} % of the {}-grams somewhere in the training data.",
                         100 * rule.contained, rule.ngram);
  return words;
}

std::string names_of(const std::vector<std::string>& paths) {
  std::vector<std::string> names;
  for (const std::string& path : paths) names.push_back(std::filesystem::path(path).filename().string());
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

void ask_for_test_texts(const ContaminationDemands& demands, RowRequest& request) {
  if (demands.test.empty()) request.texts.emplace_back(test_text_field);
}

DoubtfulRows check_contamination(const AnswerFile& candidate, const ContaminationDemands& demands,
                                 Verdict& verdict) {
  DoubtfulRows doubtful{"that are in the training data", std::vector<bool>(candidate.table.size())};
  std::vector<DataProblem> problems;
  const TestTexts test(candidate, demands.test, problems);
  for (const DataProblem& problem : problems)
    add_error(verdict, problem.name, problem.reason, problem.sentence, problem.needs);
  if (!problems.empty() || test.texts().empty()) return doubtful;
  const Origins origins = origins_of(test.texts(), demands.training, demands.rule, demands.threads);

  Tally contaminated, repeated;
  for (std::size_t i = 0; i < origins.texts.size(); ++i) {
    contaminated.add(origins.texts[i].in_training, i);
    repeated.add(origins.texts[i].repeats, i);
  }
  for (std::size_t row = 0; row < doubtful.rows.size(); ++row)
    if (const std::uint32_t text = test.text_of_row()[row]; text != TestTexts::none)
      doubtful.rows[row] = origins.texts[text].in_training != Likeness::none;

  std::map<std::size_t, std::string> ids;
  for (const std::vector<std::size_t>* examples : {&contaminated.examples, &repeated.examples})
    for (const std::size_t text : *examples) ids[text], ids[origins.texts[text].repeated];
  std::vector<std::size_t> rows;
  for (const auto& [text, id] : ids) rows.push_back(test.row_of(text));
  const std::vector<PlaceText> places = place_texts(candidate, rows);
  std::size_t next = 0;
  for (auto& [text, id] : ids) id = places[next++].id;

  const std::size_t texts = test.texts().size();
  if (!demands.training.paths.empty()) {
    const Share told{"contamination",
                     fmt::format("in the training data ({} texts of {})", origins.training_texts,
                                 names_of(demands.training.paths)),
                     definition_of(demands.rule, true), [&](std::size_t text) {
                       return fmt::format("id {}: {} {}", ids[text],
                                          words_for(origins.texts[text].in_training), origins.places[text]);
                     }};
    verdict.checks.push_back(check_of(told, contaminated, texts, demands.contaminated, verdict));
    verdict.checks.back().n["training"] = origins.training_texts;
  }
  const Share told{
      "repeated texts", "like another one", definition_of(demands.rule, false), [&](std::size_t text) {
        const TextOrigin& origin = origins.texts[text];
        return fmt::format("id {}: {} id {}", ids[text], words_for(origin.repeats), ids[origin.repeated]);
      }};
  verdict.checks.push_back(check_of(told, repeated, texts, demands.repeated, verdict));
  verdict.checks.back().n.erase("contained");
  return doubtful;
}

}  // namespace modelgate
