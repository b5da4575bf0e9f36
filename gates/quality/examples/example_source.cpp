#include "gates/quality/examples/example_source.h"

#include <fmt/format.h>

#include "gates/quality/rows/offenders.h"
#include "schemas/rows/redaction.h"
#include "schemas/tool/json_quoted.h"

namespace modelgate {

ExampleSource::ExampleSource(const AnswerFile& file, const std::vector<std::size_t>& rows)
    : request_(file.request) {
  std::vector<WantedRow> wanted;
  for (const std::size_t row : rows) wanted.push_back({row, file.table.keys[row]});
  whole_.resize(rows.size());
  if (!file.find_places) whole_ = whole_rows_of(file.path, file.request, wanted);
  std::vector<std::size_t> unread;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!whole_[i]) unread.push_back(i);
  take_what_was_read(file, rows, unread);
}

std::string ExampleSource::our_name(const std::string& name) const {
  for (const auto& [ours, theirs] : request_.names)
    if (theirs == name) return ours;
  return name;
}

std::string ExampleSource::value_of(std::size_t i, const std::string& ours) const {
  if (!whole_[i]) return "";
  for (const WholeRow::Field& field : whole_[i]->fields)
    if (our_name(field.name) == ours) return field.value;
  return "";
}

std::set<std::string> ExampleSource::redacted() const {
  std::set<std::string> met;
  if (!are_all_whole_) met.insert(request_.redacted.begin(), request_.redacted.end());
  for (const std::optional<WholeRow>& row : whole_)
    if (row) met.insert(row->redacted.begin(), row->redacted.end());
  return met;
}

void ExampleSource::take_what_was_read(const AnswerFile& file, const std::vector<std::size_t>& rows,
                                       const std::vector<std::size_t>& unread) {
  std::vector<std::size_t> numbers;
  for (const std::size_t i : unread) numbers.push_back(rows[i]);
  if (numbers.empty()) return;
  are_all_whole_ = false;
  const std::vector<PlaceText> places = place_texts(file, numbers);
  for (std::size_t k = 0; k < unread.size(); ++k) {
    WholeRow& whole = whole_[unread[k]].emplace();
    const auto put = [&](const std::string& path, const std::string& value) {
      whole.fields.push_back({path, is_redacted(request_, path) ? json_quoted(redacted_value) : value});
    };
    put("id", json_quoted(places[k].id));
    const std::size_t row = numbers[k];
    for (std::size_t c = 0; c < request_.words.size(); ++c)
      if (file.table.words[c].has(row)) put(request_.words[c], json_quoted(file.table.words[c].at(row)));
    for (std::size_t c = 0; c < request_.numbers.size(); ++c)
      if (file.table.numbers[c].has(row))
        put(request_.numbers[c], fmt::format("{}", file.table.numbers[c].values[row]));
    for (std::size_t c = 0; c < request_.texts.size(); ++c)
      if (file.table.texts[c].has(row)) put(request_.texts[c], json_quoted(file.table.texts[c].at(row)));
  }
}

}  // namespace modelgate
