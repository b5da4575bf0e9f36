#include "schemas/formats/records.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "schemas/formats/mapped_file.h"
#include "schemas/formats/record_fields.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t maximum_line_bytes = 64u << 20;
// A row takes half a kilobyte of memory or more, and `{"id":1}` makes one.
constexpr std::size_t maximum_rows = 4'000'000;

/// Reads rows, each knowing where it stands.
class RowReader {
 public:
  RowReader(std::string file, const FieldNames& names) : file_(std::move(file)), names_(names) {}

  /// Fills an empty record. `readable` bytes may be looked at from the beginning of the line on.
  void read(std::string_view line, std::size_t readable, std::int64_t number, Record& record) {
    line_ = record.line = number;
    object row;
    if (parse(line, readable).get_object().get(row)) refuse("is not a JSON object");
    seen_.clear();
    bool has_id = false;
    for (const auto [key, value] : row) {
      if (std::find(seen_.begin(), seen_.end(), key) != seen_.end())
        refuse("has the field '" + beginning(key) + "' twice");
      if (seen_.size() >= maximum_fields)
        refuse("has more than " + std::to_string(maximum_fields) + " fields");
      seen_.push_back(key);
      const std::optional<RecordField> field = names_.find(key);
      if (!field) continue;
      take(*field, value, record);
      has_id = has_id || *field == RecordField::id;
    }
    if (!has_id) refuse("has no id", "Every row needs one, a text or a whole number.");
  }

 private:
  // So many that looking through them for a duplicate is still fast.
  static constexpr std::size_t maximum_fields = 1000;

  [[noreturn]] void refuse(const std::string& what, const std::string& hint = "") const {
    throw usage_error(file_ + ":" + std::to_string(line_), what, hint);
  }
  [[noreturn]] void refuse(RecordField field, std::string_view part, const std::string& what) const {
    refuse("'" + std::string(name_of(field)) + (part.empty() ? "" : "." + beginning(part)) + "' " + what);
  }

  element parse(std::string_view line, std::size_t readable) {
    if (line.size() > maximum_line_bytes) refuse("is longer than 64 MiB");
    // simdjson looks at some bytes behind the text; only the end of the file has to be copied for that.
    if (readable < line.size() + simdjson::SIMDJSON_PADDING) {
      buffer_.reserve(line.size() + simdjson::SIMDJSON_PADDING);
      buffer_.assign(line);
      line = buffer_;
    }
    element row;
    if (const auto failure = parser_.parse(line.data(), line.size(), false).get(row))
      refuse(std::string("is not valid JSON: ") + words_for(failure));
    return row;
  }

  /// simdjson's own words are sentences for programmers.
  static std::string words_for(simdjson::error_code failure) {
    switch (failure) {
      case simdjson::TAPE_ERROR:
        return "a comma, colon or bracket is wrong or missing";
      case simdjson::DEPTH_ERROR:
        return "it is nested too deeply";
      case simdjson::STRING_ERROR:
      case simdjson::UNESCAPED_CHARS:
        return "a text holds a character or escape that it must not";
      case simdjson::UNCLOSED_STRING:
        return "a text is not closed";
      case simdjson::NUMBER_ERROR:
        return "a number is malformed or too large";
      case simdjson::T_ATOM_ERROR:
      case simdjson::F_ATOM_ERROR:
      case simdjson::N_ATOM_ERROR:
        return "a value is none of true, false and null";
      case simdjson::UTF8_ERROR:
        return "it is not UTF-8";
      default:
        return simdjson::error_message(failure);
    }
  }

  std::string text_of(RecordField field, const element& value, std::string_view part = "") const {
    std::string_view text;
    if (!value.get_string().get(text)) return std::string(text);
    std::int64_t whole = 0;
    if (!value.get_int64().get(whole)) return whole_text(whole);
    if (value.is_uint64() || value.is_double() || value.is_bool()) return simdjson::minify(value);
    refuse(field, part, "must be text, a number or a boolean");
  }

  static std::string whole_text(std::int64_t number) {
    std::array<char, 24> digits;
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
  }

  std::string only_text(RecordField field, const element& value) const {
    std::string_view text;
    if (value.get_string().get(text)) refuse(field, "", "must be text");
    return std::string(text);
  }

  double number_of(RecordField field, const element& value, std::string_view part = "") const {
    double number = 0;
    if (value.get_double().get(number)) refuse(field, part, "must be a number");
    return number;
  }

  std::int64_t whole_of(RecordField field, const element& value) const {
    std::int64_t number = 0;
    if (value.get_int64().get(number)) refuse(field, "", "must be a whole number");
    return number;
  }

  /// The fields of a map, sorted by name.
  const std::vector<std::pair<std::string_view, element>>& sorted(RecordField field, const element& value,
                                                                  const char* expected) {
    object map;
    if (value.get_object().get(map)) refuse(field, "", expected);
    sorted_.clear();
    for (const auto [name, part] : map) sorted_.emplace_back(name, part);
    const auto before = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!std::is_sorted(sorted_.begin(), sorted_.end(), before))
      std::sort(sorted_.begin(), sorted_.end(), before);
    for (std::size_t i = 1; i < sorted_.size(); ++i)
      if (sorted_[i].first == sorted_[i - 1].first)
        refuse(field, "", "has '" + beginning(sorted_[i].first) + "' twice");
    return sorted_;
  }

  void take_scores(const element& value, Record& record) {
    simdjson::dom::array array;
    if (value.get_array().get(array)) {
      const auto& parts = sorted(RecordField::scores, value, "must be a list or a map of numbers");
      record.scores.reserve(parts.size());
      for (const auto& [name, score] : parts)
        record.scores.emplace_back(name, number_of(RecordField::scores, score, name));
      return;
    }
    values_.clear();
    for (const element& score : array) values_.push_back(number_of(RecordField::scores, score));
    if (indices_.size() != values_.size()) indices_ = indices_by_name(values_.size());
    record.scores.reserve(values_.size());
    for (const auto& [name, index] : indices_) record.scores.emplace_back(name, values_[index]);
  }

  /// "0", "1", "10", "11", "2", …: the places of a list, sorted as texts.
  static std::vector<std::pair<std::string, std::size_t>> indices_by_name(std::size_t count) {
    std::vector<std::pair<std::string, std::size_t>> indices;
    for (std::size_t i = 0; i < count; ++i) indices.emplace_back(std::to_string(i), i);
    std::sort(indices.begin(), indices.end());
    return indices;
  }

  void take_id(const element& value, Record& record) {
    if (!value.is_string() && !value.is_int64() && !value.is_uint64())
      refuse("'id' must be text or a whole number");
    record.id = text_of(RecordField::id, value);
    if (record.id.empty()) refuse("'id' is empty");
  }

  void take(RecordField field, const element& value, Record& record) {
    if (field == RecordField::id) return take_id(value, record);
    if (value.is_null()) return;  // null says that there is none
    switch (field) {
      case RecordField::id:
        break;
      case RecordField::label:
        record.label = text_of(field, value);
        break;
      case RecordField::prediction:
        record.prediction = text_of(field, value);
        break;
      case RecordField::output:
        record.output = only_text(field, value);
        break;
      case RecordField::reference:
        record.reference = only_text(field, value);
        break;
      case RecordField::cluster:
        record.cluster = text_of(field, value);
        break;
      case RecordField::error:
        record.error = text_of(field, value);
        break;
      case RecordField::score:
        record.score = number_of(field, value);
        break;
      case RecordField::nll:
        record.nll = number_of(field, value);
        break;
      case RecordField::tokens:
        record.tokens = whole_of(field, value);
        break;
      case RecordField::sample:
        record.sample = whole_of(field, value);
        break;
      case RecordField::scores:
        take_scores(value, record);
        break;
      case RecordField::slices:
        for (const auto& [name, slice] : sorted(field, value, "must be a map"))
          record.slices.emplace_back(name, text_of(field, slice, name));
        break;
      case RecordField::metrics:
        for (const auto& [name, metric] : sorted(field, value, "must be a map of numbers"))
          record.metrics.emplace_hint(record.metrics.end(), name, number_of(field, metric, name));
        break;
    }
  }

  std::string file_;
  RecordFieldNames names_;
  simdjson::dom::parser parser_;
  std::string buffer_;
  std::int64_t line_ = 0;
  // Kept from row to row, so that they need no memory anew.
  std::vector<std::string_view> seen_;
  std::vector<std::pair<std::string_view, element>> sorted_;
  std::vector<double> values_;
  std::vector<std::pair<std::string, std::size_t>> indices_;
};

}  // namespace

std::vector<Record> read_records(const std::filesystem::path& path, const FieldNames& names) {
  const MappedFile file(path);
  std::string_view text = file.text();
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  RowReader reader(path.string(), names);
  std::vector<Record> records;
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  records.reserve(std::min(lines, maximum_rows));
  std::int64_t number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
      if (records.size() == maximum_rows)
        throw usage_error(path.string(), "has more than " + std::to_string(maximum_rows) + " rows",
                          "Take a sample of them.");
      reader.read(line, text.size() - begin, number, records.emplace_back());
    }
    begin = end + 1;
  }
  if (records.empty())
    throw usage_error(path.string(), "has no rows", "A row of JSON for each example was expected.");
  return records;
}

}  // namespace modelgate
