#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "gates/quality/rows/offenders.h"
#include "gates/quality/rows/row_problems.h"
#include "schemas/rows/redaction.h"
#include "schemas/rows/row_key.h"

namespace modelgate {
namespace {

/// What differs between the joined rows, by a value of each side.
void find_disagreement(std::size_t count, const JoinedRows& joined, const Side& baseline,
                       const Side& candidate, const std::string& field, const std::string& reason,
                       std::vector<DataProblem>& problems,
                       const std::function<bool(const JoinedRow&)>& differs,
                       const std::function<std::string(const Side&, std::uint32_t)>& shown) {
  const Offenders offenders = offenders_among(count, [&](std::size_t i, Offenders& found) {
    const JoinedRow row = joined(i);
    if (differs(row) && !baseline.has_failed(row.baseline) && !candidate.has_failed(row.candidate))
      found.add(row.baseline, row.candidate);
  });
  if (offenders.count() == 0) return;
  std::vector<std::size_t> of_baseline, of_candidate;
  for (const Offenders::Example& example : offenders.examples()) {
    of_baseline.push_back(example.row);
    of_candidate.push_back(example.other);
  }
  const std::vector<PlaceText> before = place_texts(*baseline.file, of_baseline),
                               now = place_texts(*candidate.file, of_candidate);
  offenders.tell(problems, field + " of baseline and candidate", reason,
                 fmt::format("{} {} another '{}' in baseline and candidate", offenders.rows(""),
                             offenders.count() == 1 ? "has" : "have", field),
                 "answers of both models to the same rows", [&](std::size_t i) {
                   const Offenders::Example& example = offenders.examples()[i];
                   return fmt::format("id {}: {} in {}, {} in {}", before[i].id, shown(baseline, example.row),
                                      before[i].place, shown(candidate, example.other), now[i].place);
                 });
}

/// For each word of one column its code in another; −2 where it has none.
std::vector<std::int32_t> translation(const WordColumn& from, const WordColumn& to) {
  std::unordered_map<std::string_view, std::int32_t> codes;
  for (std::size_t i = 0; i < to.words.size(); ++i) codes.emplace(to.words[i], static_cast<std::int32_t>(i));
  std::vector<std::int32_t> translated;
  for (const std::string& word : from.words) {
    const auto found = codes.find(word);
    translated.push_back(found == codes.end() ? -2 : found->second);
  }
  return translated;
}

void find_differing_words(std::size_t count, const JoinedRows& joined, const Side& baseline,
                          const Side& candidate, const WordColumn& before, const WordColumn& now,
                          const std::string& field, const std::string& reason,
                          std::vector<DataProblem>& problems) {
  const std::vector<std::int32_t> translated = translation(before, now);
  find_disagreement(
      count, joined, baseline, candidate, field, reason, problems,
      [&](const JoinedRow& row) {
        const std::int32_t code = before.code(row.baseline);
        return (code < 0 ? -1 : translated[static_cast<std::size_t>(code)]) != now.code(row.candidate);
      },
      [&](const Side& side, std::uint32_t row) {
        const WordColumn& column = &side == &baseline ? before : now;
        return column.has(row) ? "'" + modelgate::shown(side.file->request, field, column.at(row)) + "'"
                               : std::string("none");
      });
}

void find_differing_numbers(std::size_t count, const JoinedRows& joined, const Side& baseline,
                            const Side& candidate, const std::string& field, const std::string& reason,
                            std::vector<DataProblem>& problems) {
  const NumberColumn &before = baseline.file->numbers(field), &now = candidate.file->numbers(field);
  find_disagreement(
      count, joined, baseline, candidate, field, reason, problems,
      [&](const JoinedRow& row) {
        return before.has(row.baseline) != now.has(row.candidate) ||
               (before.has(row.baseline) && before.values[row.baseline] != now.values[row.candidate]);
      },
      [&](const Side& side, std::uint32_t row) {
        const NumberColumn& column = &side == &baseline ? before : now;
        return column.has(row)
                   ? modelgate::shown(side.file->request, field, fmt::format("{}", column.values[row]))
                   : std::string("none");
      });
}

void find_differing_texts(std::size_t count, const JoinedRows& joined, const Side& baseline,
                          const Side& candidate, const std::string& field,
                          std::vector<DataProblem>& problems) {
  const TextColumn &before = baseline.file->texts(field), &now = candidate.file->texts(field);
  find_disagreement(
      count, joined, baseline, candidate, field, "references_differ", problems,
      [&](const JoinedRow& row) {
        return before.has(row.baseline) != now.has(row.candidate) ||
               (before.has(row.baseline) && before.at(row.baseline) != now.at(row.candidate));
      },
      [&](const Side& side, std::uint32_t row) {
        const TextColumn& column = &side == &baseline ? before : now;
        return column.has(row) ? "'" + modelgate::shown(side.file->request, field, column.at(row), 60) + "'"
                               : std::string("none");
      });
}

/// What was asked and expected, of which only digests are there. A file may do without either.
void find_other_examples(std::size_t count, const JoinedRows& joined, const Side& baseline,
                         const Side& candidate, const NeededFields& needed,
                         std::vector<DataProblem>& problems) {
  const std::vector<std::string>& fields = baseline.file->request.digests;
  for (std::size_t c = 0; c < fields.size() && fields == candidate.file->request.digests; ++c) {
    const DigestColumn &before = baseline.file->table.digests[c], &now = candidate.file->table.digests[c];
    // Of what a check reads the words themselves are compared.
    const bool is_compared =
        std::find(needed.shared.begin(), needed.shared.end(), fields[c]) != needed.shared.end();
    if (before.empty() || now.empty() || is_compared) continue;
    find_disagreement(
        count, joined, baseline, candidate, fields[c], "test_set_differs", problems,
        [&](const JoinedRow& row) { return before[row.baseline] != now[row.candidate]; },
        [&](const Side& side, std::uint32_t row) {
          const std::uint32_t digest = (&side == &baseline ? before : now)[row];
          if (digest == 0) return std::string("none");
          return modelgate::shown(side.file->request, fields[c], fmt::format("digest {:08x}", digest));
        });
  }
}

}  // namespace

void find_other_test_set(const AnswerFile& baseline, const AnswerFile& candidate,
                         std::vector<DataProblem>& problems) {
  if (baseline.test_set.empty() || candidate.test_set.empty() || baseline.test_set == candidate.test_set)
    return;
  problems.push_back({"test set of baseline and candidate", "test_set_differs",
                      fmt::format("the baseline answered the test set {}, and the candidate {}",
                                  baseline.test_set, candidate.test_set),
                      "answers of both models to the same test set"});
}

void find_disagreements(std::size_t count, const JoinedRows& joined, const Side& baseline,
                        const Side& candidate, const NeededFields& needed,
                        std::vector<DataProblem>& problems) {
  if (needed.label)
    find_differing_words(count, joined, baseline, candidate, baseline.file->words("label"),
                         candidate.file->words("label"), "label", "labels_differ", problems);
  for (const std::string& field : needed.shared) {
    const auto is_among = [&](const std::vector<std::string>& fields) {
      return std::find(fields.begin(), fields.end(), field) != fields.end();
    };
    if (is_among(needed.texts) || is_among(needed.optional_texts))
      find_differing_texts(count, joined, baseline, candidate, field, problems);
    else
      find_differing_numbers(count, joined, baseline, candidate, field,
                             field == "label" ? "labels_differ" : "references_differ", problems);
  }
  const RowTable &before = baseline.file->table, &now = candidate.file->table;
  if (!before.clusters.empty() || !now.clusters.empty()) {
    const auto cluster = [](const RowTable& table, std::uint32_t row) {
      return table.clusters.empty() ? own_cluster(table.id(row)) : table.clusters[row];
    };
    find_disagreement(
        count, joined, baseline, candidate, "cluster", "clusters_differ", problems,
        [&](const JoinedRow& row) { return cluster(before, row.baseline) != cluster(now, row.candidate); },
        [&](const Side& side, std::uint32_t row) {
          const RowTable& table = side.file->table;
          return std::string(cluster(table, row) == own_cluster(table.id(row)) ? "none" : "one");
        });
  }
  find_other_examples(count, joined, baseline, candidate, needed, problems);
  if (needed.slices == nullptr) return;
  for (const SliceColumn& slice : needed.slices->all())
    find_differing_words(count, joined, baseline, candidate, *slice.baseline, *slice.candidate, slice.path,
                         "slices_differ", problems);
}

}  // namespace modelgate
