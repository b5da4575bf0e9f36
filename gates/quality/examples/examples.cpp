#include "gates/quality/examples/examples.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "gates/quality/examples/error_analysis.h"
#include "gates/quality/examples/example_source.h"
#include "gates/quality/rows/class_shown.h"
#include "schemas/tool/json_quoted.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t most_confusions = 10'000, most_class_bytes = 10'000;

/// An object of JSON on one line, field by field.
class Line {
 public:
  explicit Line(const std::string& kind) { put("kind", json_quoted(kind)); }
  Line() = default;

  void put(std::string_view name, const std::string& json) {
    text_ += (text_.empty() ? "" : ", ") + json_quoted(name) + ": " + json;
  }
  void put(std::string_view name, std::int64_t number) { put(name, std::to_string(number)); }
  bool is_empty() const { return text_.empty(); }
  std::string text() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

/// What a model says, which belongs to it even where both say the same.
const std::set<std::string>& fields_of_models() {
  static const std::set<std::string> fields = {"score", "scores", "output", "nll", "tokens", "metrics"};
  return fields;
}

struct Chosen {
  const char* kind;
  std::size_t number;  // among the joined rows
};

const char* kind_of(const Answers& answers, const Row& row) {
  if (row.label < 0 || row.candidate < 0) return nullptr;
  const bool now = row.candidate == row.label;
  if (!answers.compared) return now ? nullptr : "wrong";
  const bool before = row.baseline == row.label;
  if (before != now) return before ? "lost" : "gained";
  return now || row.baseline == row.candidate ? nullptr : "changed";
}

/// The first rows of each kind; kind by kind.
std::vector<Chosen> chosen_rows(const Answers& answers, std::size_t most) {
  std::map<std::string, std::vector<Chosen>> by_kind;
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (const char* kind = kind_of(answers, answers.row(i)))
      if (std::vector<Chosen>& rows = by_kind[kind]; rows.size() < most) rows.push_back({kind, i});
  std::vector<Chosen> chosen;
  for (const char* kind : {"lost", "gained", "changed", "wrong"})
    for (const Chosen& row : by_kind[kind]) chosen.push_back(row);
  return chosen;
}

std::string class_json(const Answers& answers, std::int32_t number) {
  return json_quoted(class_shown(answers, number, most_class_bytes));
}

class Writer {
 public:
  Writer(const Answers& answers, const std::vector<Chosen>& chosen)
      : answers_(answers), now_(*answers.candidate_file, places(chosen, &Answers::in_candidate)) {
    if (answers.compared) before_.emplace(*answers.baseline_file, places(chosen, &Answers::in_baseline));
  }

  /// Tells of fields that are to be redacted and are in none of the rows: they may be misspelt. Those of
  /// labels hide each other, and need not all be there.
  void warn_of_unmet_redactions(std::vector<std::string>& warnings) const {
    std::set<std::string> met = now_.redacted();
    if (before_) met.merge(before_->redacted());
    for (const std::string& field : answers_.candidate_file->request.redacted)
      if (!met.contains(field) && field != "label" && field != "prediction" && field != "scores")
        warnings.push_back("none of the examples has a field '" + beginning(field) +
                           "', which is to be redacted");
  }

  std::string line_of(const Chosen& chosen, std::size_t i) const {
    const Row row = answers_.row(chosen.number);
    Line line(chosen.kind), shared, baseline, candidate;
    for (const char* name : {"id", "sample"})
      if (const std::string value = value_of(i, name); !value.empty()) line.put(name, value);
    line.put("label", class_json(answers_, row.label));
    if (before_) baseline.put("prediction", class_json(answers_, row.baseline));
    candidate.put("prediction", class_json(answers_, row.candidate));
    if (before_ && before_->row(i)) put_fields(*before_, i, now_, shared, baseline, false);
    if (now_.row(i)) put_fields(now_, i, before_ ? *before_ : now_, shared, candidate, true);
    if (before_) line.put("baseline", baseline.text());
    line.put("candidate", candidate.text());
    if (!shared.is_empty()) line.put("fields", shared.text());
    return line.text() + "\n";
  }

 private:
  std::vector<std::size_t> places(const std::vector<Chosen>& chosen,
                                  std::size_t (Answers::*place)(std::size_t) const) const {
    std::vector<std::size_t> rows;
    for (const Chosen& row : chosen) rows.push_back((answers_.*place)(row.number));
    return rows;
  }

  std::string value_of(std::size_t i, const std::string& ours) const {
    const std::string value = now_.value_of(i, ours);
    return value.empty() && before_ ? before_->value_of(i, ours) : value;
  }

  /// What both files say alike is of the example, and written once.
  static void put_fields(const ExampleSource& source, std::size_t i, const ExampleSource& other, Line& shared,
                         Line& own, bool write_shared) {
    for (const WholeRow::Field& field : source.row(i)->fields) {
      const std::string name = source.our_name(field.name);
      if (name == "id" || name == "sample" || name == "label" || name == "prediction") continue;
      if (fields_of_models().contains(name.substr(0, name.find('.'))) ||
          other.value_of(i, name) != field.value)
        own.put(name, field.value);
      else if (write_shared)
        shared.put(name, field.value);
    }
  }

  const Answers& answers_;
  ExampleSource now_;
  std::optional<ExampleSource> before_;
};

std::string summary_of(const Answers& answers, const std::vector<Chosen>& chosen, const RowSample& rows,
                       std::size_t confusions) {
  Line summary("summary"), listed;
  summary.put("rows", static_cast<std::int64_t>(answers.size()));
  const Flips flips = flips_of(rows);
  std::int64_t wrong = 0;
  for (const RowKind& kind : rows.kinds()) wrong += kind.candidate != kind.label ? kind.count : 0;
  const auto put = [&](const char* kind, std::int64_t count) {
    summary.put(kind, count);
    listed.put(kind, std::count_if(chosen.begin(), chosen.end(),
                                   [&](const Chosen& row) { return std::string_view(row.kind) == kind; }));
  };
  if (answers.compared) {
    put("lost", flips.lost);
    put("gained", flips.gained);
    put("changed", flips.changed);
  } else {
    put("wrong", wrong);
  }
  summary.put("confusions", static_cast<std::int64_t>(confusions));
  summary.put("listed", listed.text());
  return summary.text() + "\n";
}

}  // namespace

std::string examples_of(const Answers& answers, std::int64_t most, std::vector<std::string>& warnings) {
  const RowSample rows(answers);
  const std::vector<Chosen> chosen = chosen_rows(answers, static_cast<std::size_t>(most));
  const std::vector<ConfusionChange> confusions = confusion_changes(rows);
  std::string text = summary_of(answers, chosen, rows, confusions.size());
  for (std::size_t i = 0; i < std::min(confusions.size(), most_confusions); ++i) {
    Line line("confusion");
    line.put("label", class_json(answers, confusions[i].label));
    line.put("answer", class_json(answers, confusions[i].answer));
    if (answers.compared) line.put("baseline", confusions[i].before);
    line.put("candidate", confusions[i].now);
    text += line.text() + "\n";
  }
  const Writer writer(answers, chosen);
  for (std::size_t i = 0; i < chosen.size(); ++i) text += writer.line_of(chosen[i], i);
  if (!chosen.empty()) writer.warn_of_unmet_redactions(warnings);
  return text;
}

std::string no_examples() {
  Line summary("summary");
  summary.put("rows", std::int64_t{0});
  return summary.text() + "\n";
}

}  // namespace modelgate
