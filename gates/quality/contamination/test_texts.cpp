#include "gates/quality/contamination/test_texts.h"

#include <algorithm>
#include <utility>

#include "gates/quality/rows/offenders.h"

namespace modelgate {
namespace {

/// The places, and ids, of some rows.
void tell(const Offenders& offenders, const AnswerFile& file, const std::string& name,
          const std::string& reason, const std::string& sentence, const std::string& needs,
          std::vector<DataProblem>& problems) {
  if (offenders.count() == 0) return;
  std::vector<std::size_t> rows;
  for (const Offenders::Example& example : offenders.examples()) rows.push_back(example.row);
  const std::vector<PlaceText> places = place_texts(file, rows);
  offenders.tell(problems, name, reason, sentence, needs,
                 [&](std::size_t i) { return places[i].place + " (id " + places[i].id + ")"; });
}

const TextColumn& texts_of(const AnswerFile& file) {
  const auto& names = file.request.texts;
  const auto at = std::find(names.begin(), names.end(), test_text_field) - names.begin();
  return file.table.texts.at(static_cast<std::size_t>(at));
}

void tell_of_missing_texts(const Offenders& missing, const AnswerFile& file, const std::string& whose,
                           std::vector<DataProblem>& problems) {
  tell(missing, file, "input of the " + whose, "field_missing",
       missing.rows(whose) + (missing.count() == 1 ? " has" : " have") + " no 'input'",
       "the test texts: --field input=NAME if the field is called otherwise, --test FILE if they stand in "
       "another file",
       problems);
}

}  // namespace

void TestTexts::number_examples(const AnswerFile& candidate) {
  const RowTable& table = candidate.table;
  text_of_row_.assign(table.size(), none);
  for (const FailedRow& failed : table.failed) text_of_row_[failed.row] = 0;
  std::vector<std::uint32_t> order;
  for (std::uint32_t row = 0; row < table.size(); ++row)
    if (std::exchange(text_of_row_[row], none) == none) order.push_back(row);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return table.id(a) < table.id(b); });
  for (const std::uint32_t row : order) {
    if (rows_.empty() || table.id(rows_.back()) != table.id(row)) rows_.push_back(row);
    text_of_row_[row] = static_cast<std::uint32_t>(rows_.size() - 1);
  }
}

void TestTexts::take_own(const AnswerFile& candidate, std::vector<DataProblem>& problems) {
  const TextColumn& column = texts_of(candidate);
  Offenders missing;
  texts_.resize(rows_.size());
  std::vector<bool> has_text(rows_.size());
  for (std::uint32_t row = 0; row < text_of_row_.size(); ++row) {
    const std::uint32_t text = text_of_row_[row];
    if (text == none) continue;
    if (!column.has(row)) {
      missing.add(row);
      continue;
    }
    // Samples of one example have one text; if not, the order of rows must not choose.
    const std::string_view own = column.at(row);
    if (!has_text[text] || own < texts_[text]) texts_[text] = own;
    has_text[text] = true;
  }
  tell_of_missing_texts(missing, candidate, "candidate", problems);
}

void TestTexts::take_from(const AnswerFile& candidate, std::vector<DataProblem>& problems) {
  const RowTable& table = file_.table;
  std::vector<std::uint32_t> order(table.size());
  for (std::uint32_t row = 0; row < table.size(); ++row) order[row] = row;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return table.id(a) < table.id(b); });
  Offenders repeated, absent, missing;
  for (std::size_t i = 1; i < order.size(); ++i)
    if (table.id(order[i]) == table.id(order[i - 1])) repeated.add(order[i]);
  texts_.resize(rows_.size());
  const TextColumn& column = texts_of(file_);
  for (std::size_t text = 0, at = 0; text < rows_.size(); ++text) {
    const std::uint64_t id = candidate.table.id(rows_[text]);
    while (at < order.size() && table.id(order[at]) < id) ++at;
    if (at == order.size() || table.id(order[at]) != id)
      absent.add(rows_[text]);
    else if (!column.has(order[at]))
      missing.add(order[at]);
    else
      texts_[text] = column.at(order[at]);
  }
  const std::string one_row = "one row for each example";
  tell(repeated, file_, "ids of the test data", "ids_repeated",
       repeated.rows("test data") + (repeated.count() == 1 ? " repeats an id" : " repeat an id"), one_row,
       problems);
  tell(absent, candidate, "ids missing of the test data", "ids_missing",
       absent.rows("candidate") + (absent.count() == 1 ? " is" : " are") + " not in the test data", one_row,
       problems);
  tell_of_missing_texts(missing, file_, "test data", problems);
}

TestTexts::TestTexts(const AnswerFile& candidate, const std::string& file,
                     std::vector<DataProblem>& problems) {
  number_examples(candidate);
  if (file.empty()) {
    take_own(candidate, problems);
    return;
  }
  RowRequest request;
  request.texts = {test_text_field};
  request.names = candidate.request.names;
  file_ = read_answer_file(file, request, 0);
  take_from(candidate, problems);
}

}  // namespace modelgate
