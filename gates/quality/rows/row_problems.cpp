#include "gates/quality/rows/row_problems.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/decision/declared_looks.h"
#include "gates/quality/rows/class_shown.h"
#include "gates/quality/rows/offenders.h"
#include "schemas/rows/redaction.h"

namespace modelgate {
namespace {

/// "new.jsonl:2 (id 7)" of each example.
std::vector<std::string> places(const Side& side, const Offenders& offenders) {
  std::vector<std::size_t> rows;
  for (const Offenders::Example& example : offenders.examples()) rows.push_back(example.row);
  std::vector<std::string> texts;
  for (const PlaceText& place : place_texts(*side.file, rows))
    texts.push_back(place.place + " (id " + place.id + ")");
  return texts;
}

void tell_with_places(const Side& side, const Offenders& offenders, std::vector<DataProblem>& problems,
                      const std::string& name, const std::string& reason, const std::string& sentence,
                      const std::string& needs, const char* suffix = "") {
  if (offenders.count() == 0) return;
  const std::vector<std::string> where = places(side, offenders);
  offenders.tell(problems, name, reason, sentence, needs, [&](std::size_t i) { return where[i] + suffix; });
}

void find_repeated(Side& side, std::vector<DataProblem>& problems) {
  const KeyColumn& keys = side.file->table.keys;
  const RowOrder order(keys);
  if (order.is_file_order()) return;
  side.rows_in_file_order = false;
  Offenders repeated;
  for (std::size_t i = 0; i < order.size(); ++i)
    if (i > 0 && keys[order[i]] == keys[order[i - 1]])
      repeated.add(order[i]);
    else
      side.rows.push_back(order[i]);
  tell_with_places(side, repeated, problems, "ids of the " + side.role, "ids_repeated",
                   repeated.rows(side.role) + (repeated.count() == 1 ? " repeats an id" : " repeat an id"),
                   "one row for each id, or a 'sample' number that tells repeats apart", " again");
}

void count_errors(Side& side, double maximum, std::vector<DataProblem>& problems) {
  const std::vector<FailedRow>& failed = side.file->table.failed;
  if (failed.empty()) return;
  Offenders offenders;
  std::vector<std::string> reasons;
  for (std::size_t i = 0; i < failed.size(); ++i) {
    offenders.add(static_cast<std::uint32_t>(failed[i].row));
    if (reasons.size() < offenders.examples().size()) reasons.push_back(failed[i].reason);
  }
  side.failed.resize(side.file->table.size());
  for (const FailedRow& one : failed) side.failed[one.row] = true;
  side.errors = offenders.count();
  const auto share = static_cast<double>(side.errors) / static_cast<double>(side.file->table.size());
  if (share <= maximum) return;
  const std::vector<std::string> where = places(side, offenders);
  offenders.tell(
      problems, "answers of the " + side.role, "too_many_errors",
      fmt::format("{} ({:.3g} %, at most {:.3g} % allowed) {} no answer", offenders.rows(side.role),
                  100 * share, 100 * maximum, offenders.count() == 1 ? "has" : "have"),
      "a run in which every row is answered",
      [&](std::size_t i) { return where[i] + ": " + shown(side.file->request, "error", reasons[i], 120); });
}

/// Rows without a field, of a column of words, numbers or texts.
template <typename Column>
void find_missing(const Side& side, const std::string& path, const Column& column,
                  std::vector<DataProblem>& problems) {
  const std::string field = shown_name(side.file->request, path);
  const Offenders missing = offenders_among(side.size(), [&](std::size_t i, Offenders& found) {
    if (const std::uint32_t row = side.row(i); !column.has(row) && !side.has_failed(row)) found.add(row);
  });
  tell_with_places(
      side, missing, problems, field + " of the " + side.role, "field_missing",
      fmt::format("{} {} no '{}'", missing.rows(side.role), missing.count() == 1 ? "has" : "have", field),
      "the field in every row" +
          std::string(field != "label" && field != "prediction"
                          ? ""
                          : ", or --field " + field + "=NAME if it is called otherwise"));
}

}  // namespace

Side::Side(const AnswerFile& of, std::string who) : file(&of), role(std::move(who)) {}

void find_problems(Side& side, const NeededFields& needed, double maximum_errors,
                   std::vector<DataProblem>& problems) {
  find_repeated(side, problems);
  count_errors(side, maximum_errors, problems);
  const auto words = [&](const std::string& field) {
    find_missing(side, field, side.file->words(field), problems);
  };
  const auto numbers = [&](const std::string& field) {
    find_missing(side, field, side.file->numbers(field), problems);
  };
  if (needed.label) words("label");
  if (needed.prediction) words("prediction");
  for (const std::string& field : needed.numbers) numbers(field);
  if (side.role == "candidate")
    for (const std::string& field : needed.candidate_numbers) numbers(field);
  for (const std::string& field : needed.texts) find_missing(side, field, side.file->texts(field), problems);
  if (needed.slices == nullptr) return;
  for (const SliceColumn& slice : needed.slices->all())
    find_missing(side, slice.path, side.role == "baseline" ? *slice.baseline : *slice.candidate, problems);
}

void find_absent(const Side& from, const Side& in, std::vector<DataProblem>& problems) {
  Offenders absent;
  for (std::size_t a = 0, b = 0; a < from.size(); ++a) {
    const std::uint64_t key = from.key(a);
    while (b < in.size() && in.key(b) < key) ++b;
    if (b == in.size() || in.key(b) != key) absent.add(from.row(a));
  }
  tell_with_places(
      from, absent, problems, "ids missing of the " + in.role, "ids_missing",
      absent.rows(from.role) + (absent.count() == 1 ? " is" : " are") + " not in the " + in.role + "'s file",
      "answers of both models to the same rows");
}

bool find_unusable_looks(const AnswerFile* baseline, const AnswerFile& candidate,
                         std::vector<DataProblem>& problems) {
  const std::vector<std::int64_t>& declared = candidate.looks;
  const std::string why =
      unusable_looks(baseline == nullptr ? std::nullopt : std::optional(baseline->looks), declared);
  if (!why.empty()) {
    problems.push_back({"looks declared", "looks_unusable", why, "measurements by one run of one runner"});
    return false;
  }
  if (declared.empty()) return true;
  for (const AnswerFile* file : {baseline, &candidate})
    if (file != nullptr && static_cast<std::int64_t>(file->table.size()) > declared.back()) {
      const std::string role = file == baseline ? "baseline" : "candidate";
      problems.push_back({"rows of the " + role, "looks_exceeded",
                          fmt::format("{} rows were taken of the {}, and {} were declared",
                                      file->table.size(), role, declared.back()),
                          "a new measurement: rows may be added only as declared before the first look"});
    }
  return problems.empty();
}

void find_rows_across_looks(std::size_t count, const JoinedRows& joined, const Side& baseline,
                            const Side& candidate, std::vector<DataProblem>& problems) {
  const std::vector<std::int64_t>& declared = candidate.file->looks;
  const auto look_of = [&](std::uint32_t row) {
    return std::upper_bound(declared.begin(), declared.end(), std::int64_t{row});
  };
  Offenders across;
  for (std::size_t i = 0; i < count; ++i)
    if (const JoinedRow row = joined(i); look_of(row.baseline) != look_of(row.candidate))
      across.add(row.baseline, row.candidate);
  if (across.count() == 0) return;
  const std::vector<std::string> where = places(baseline, across);
  across.tell(problems, "rows of each look", "looks_unusable",
              fmt::format("{} answered before a look by one model and after it by the other",
                          across.rows("") + (across.count() == 1 ? " was" : " were")),
              "measurements by one run of one runner", [&](std::size_t i) {
                const Offenders::Example& example = across.examples()[i];
                return fmt::format("{}: row {} of the baseline, row {} of the candidate", where[i],
                                   example.row + 1, example.other + 1);
              });
}

void find_foreign_predictions(const Answers& answers, const std::string& role, std::int32_t Row::*prediction,
                              std::vector<DataProblem>& problems) {
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (const std::int32_t predicted = answers.row(i).*prediction;
        predicted < 0 || answers.is_label[static_cast<std::size_t>(predicted)])
      return;
  const Row first = answers.row(0);
  problems.push_back(
      {"classes of the " + role, "classes_differ",
       fmt::format("no prediction of the {} is a label: '{}' was predicted, '{}' is a label", role,
                   class_shown(answers, first.*prediction), class_shown(answers, first.label)),
       "labels and predictions written alike"});
}

}  // namespace modelgate
