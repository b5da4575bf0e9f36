#include "schemas/formats/records.h"

#include <simdjson.h>

#include <algorithm>
#include <set>

#include "schemas/formats/mapped_file.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t maximum_line_bytes = 64u << 20;

const std::vector<std::string> field_names = {"id",     "label",     "prediction", "score",  "scores",
                                              "output", "reference", "nll",        "tokens", "metrics",
                                              "slices", "cluster",   "sample",     "error"};

/// Reads rows, each knowing where it stands.
class RowReader {
 public:
  RowReader(std::string file, const FieldNames& names) : file_(std::move(file)) {
    for (const std::string& name : field_names) own_name_[name] = name;
    for (const auto& [ours, theirs] : names) {
      if (!own_name_.contains(ours))
        throw usage_error("", "there is no field '" + ours + "' of records", did_you_mean(ours, field_names));
      std::erase_if(own_name_, [&, &name = ours](const auto& entry) { return entry.second == name; });
      own_name_[theirs] = ours;
    }
  }

  Record read(std::string_view line, std::int64_t number) {
    line_ = number;
    Record record;
    record.line = number;
    if (line.size() > maximum_line_bytes) refuse("is longer than 64 MiB");
    buffer_.assign(line.data(), line.size());
    buffer_.reserve(buffer_.size() + simdjson::SIMDJSON_PADDING);
    element row;
    if (const auto failure = parser_.parse(buffer_.data(), buffer_.size(), false).get(row))
      refuse(std::string("is not valid JSON: ") + simdjson::error_message(failure));
    simdjson::dom::object object;
    if (row.get_object().get(object)) refuse("is not a JSON object");
    seen_.clear();
    bool has_id = false;
    for (const auto [key, value] : object) {
      if (!seen_.insert(std::string(key)).second) refuse("has the field '" + std::string(key) + "' twice");
      const auto found = own_name_.find(std::string(key));
      if (found == own_name_.end()) continue;
      take(found->second, value, record);
      has_id = has_id || found->second == "id";
    }
    if (!has_id) refuse("has no id", "Every row needs one, a text or a whole number.");
    return record;
  }

 private:
  [[noreturn]] void refuse(const std::string& what, const std::string& hint = "") const {
    throw usage_error(file_ + ":" + std::to_string(line_), what, hint);
  }

  std::string text_of(const std::string& field, const element& value) const {
    std::string_view text;
    if (!value.get_string().get(text)) return std::string(text);
    if (value.is_int64() || value.is_uint64() || value.is_double() || value.is_bool())
      return simdjson::minify(value);
    refuse("'" + field + "' must be text, a number or a boolean");
  }

  std::string only_text(const std::string& field, const element& value) const {
    std::string_view text;
    if (value.get_string().get(text)) refuse("'" + field + "' must be text");
    return std::string(text);
  }

  double number_of(const std::string& field, const element& value) const {
    double number = 0;
    if (value.get_double().get(number)) refuse("'" + field + "' must be a number");
    return number;
  }

  std::int64_t whole_of(const std::string& field, const element& value) const {
    std::int64_t number = 0;
    if (value.get_int64().get(number)) refuse("'" + field + "' must be a whole number");
    return number;
  }

  std::vector<std::pair<std::string, double>> scores_of(const element& value) const {
    std::vector<std::pair<std::string, double>> scores;
    simdjson::dom::array array;
    simdjson::dom::object object;
    if (!value.get_array().get(array)) {
      std::size_t index = 0;
      for (const element& score : array)
        scores.emplace_back(std::to_string(index++), number_of("scores", score));
    } else if (!value.get_object().get(object)) {
      for (const auto [name, score] : object) scores.emplace_back(name, number_of("scores", score));
    } else {
      refuse("'scores' must be a list or a map of numbers");
    }
    std::sort(scores.begin(), scores.end());
    for (std::size_t i = 1; i < scores.size(); ++i)
      if (scores[i].first == scores[i - 1].first) refuse("'scores' has '" + scores[i].first + "' twice");
    return scores;
  }

  std::vector<std::pair<std::string, std::string>> slices_of(const element& value) const {
    std::vector<std::pair<std::string, std::string>> slices;
    simdjson::dom::object object;
    if (value.get_object().get(object)) refuse("'slices' must be a map");
    for (const auto [name, slice] : object)
      slices.emplace_back(name, text_of("slices." + std::string(name), slice));
    std::sort(slices.begin(), slices.end());
    for (std::size_t i = 1; i < slices.size(); ++i)
      if (slices[i].first == slices[i - 1].first) refuse("'slices' has '" + slices[i].first + "' twice");
    return slices;
  }

  void take(const std::string& field, const element& value, Record& record) {
    if (field == "id") {
      if (!value.is_string() && !value.is_int64() && !value.is_uint64())
        refuse("'id' must be text or a whole number");
      record.id = text_of(field, value);
      if (record.id.empty()) refuse("'id' is empty");
      return;
    }
    if (value.is_null()) return;  // null says that there is none
    if (field == "label")
      record.label = text_of(field, value);
    else if (field == "prediction")
      record.prediction = text_of(field, value);
    else if (field == "output")
      record.output = only_text(field, value);
    else if (field == "reference")
      record.reference = only_text(field, value);
    else if (field == "cluster")
      record.cluster = text_of(field, value);
    else if (field == "error")
      record.error = text_of(field, value);
    else if (field == "score")
      record.score = number_of(field, value);
    else if (field == "scores")
      record.scores = scores_of(value);
    else if (field == "slices")
      record.slices = slices_of(value);
    else if (field == "nll")
      record.nll = number_of(field, value);
    else if (field == "tokens")
      record.tokens = whole_of(field, value);
    else if (field == "sample")
      record.sample = whole_of(field, value);
    else if (field == "metrics") {
      simdjson::dom::object object;
      if (value.get_object().get(object)) refuse("'metrics' must be a map of numbers");
      for (const auto [name, metric] : object)
        record.metrics[std::string(name)] = number_of("metrics." + std::string(name), metric);
    }
  }

  std::string file_;
  std::map<std::string, std::string> own_name_;  // by the name in the file
  simdjson::dom::parser parser_;
  std::string buffer_;
  std::set<std::string> seen_;
  std::int64_t line_ = 0;
};

}  // namespace

std::vector<Record> read_records(const std::filesystem::path& path, const FieldNames& names) {
  const MappedFile file(path);
  const std::string_view text = file.text();
  RowReader reader(path.string(), names);
  std::vector<Record> records;
  std::int64_t number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos)
      records.push_back(reader.read(line, number));
    begin = end + 1;
  }
  if (records.empty())
    throw usage_error(path.string(), "has no rows", "A row of JSON for each example was expected.");
  return records;
}

}  // namespace modelgate
