#include "gates/quality/terms/model_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/quality/rows/offenders.h"
#include "gates/statistics/large_pages.h"
#include "gates/statistics/parallel.h"

namespace modelgate {
namespace {

void fill(const Answers& answers, bool baseline, int threads, std::size_t width, const TakeTerms& take,
          std::vector<double>& terms, std::vector<std::uint8_t>& is_wrong) {
  const AnswerFile& file = baseline ? *answers.baseline_file : *answers.candidate_file;
  terms = many_values<double>(answers.size() * width);
  is_wrong.assign(answers.size(), 0);
  in_parallel(threads, answers.size(), [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const Row row = answers.row(i);
      const ModelRow of_model{file, baseline ? answers.in_baseline(i) : answers.in_candidate(i), row.label,
                              baseline ? row.baseline : row.candidate, baseline};
      is_wrong[i] = !take(of_model, std::span(terms).subspan(i * width, width));
    }
  });
}

void tell_wrong(const Answers& answers, bool baseline, const std::vector<std::uint8_t>& is_wrong,
                const std::string& wrong, const std::string& needs, std::vector<DataProblem>& problems) {
  Offenders offenders;
  for (std::size_t i = 0; i < is_wrong.size(); ++i)
    if (is_wrong[i] != 0)
      offenders.add(static_cast<std::uint32_t>(baseline ? answers.in_baseline(i) : answers.in_candidate(i)));
  if (offenders.count() == 0) return;
  const std::string role = baseline ? "baseline" : "candidate";
  std::vector<std::size_t> rows;
  for (const Offenders::Example& example : offenders.examples()) rows.push_back(example.row);
  const std::vector<PlaceText> places =
      place_texts(baseline ? *answers.baseline_file : *answers.candidate_file, rows);
  offenders.tell(problems, "values of the " + role, "value_out_of_range",
                 offenders.rows(role) + (offenders.count() == 1 ? " has " : " have ") + wrong, needs,
                 [&](std::size_t i) { return places[i].place + " (id " + places[i].id + ")"; });
}

}  // namespace

void fill_terms(const Answers& answers, int threads, const TakeTerms& take, const std::string& wrong,
                const std::string& needs, RowTerms& terms, std::vector<DataProblem>& problems) {
  std::vector<std::uint8_t> is_wrong;
  if (answers.compared) {
    fill(answers, true, threads, terms.width, take, terms.baseline, is_wrong);
    tell_wrong(answers, true, is_wrong, wrong, needs, problems);
  }
  fill(answers, false, threads, terms.width, take, terms.candidate, is_wrong);
  tell_wrong(answers, false, is_wrong, wrong, needs, problems);
}

}  // namespace modelgate
