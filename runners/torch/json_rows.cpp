#include <simdjson.h>

#include <algorithm>
#include <unordered_set>

#include "runners/torch/data_set.h"
#include "runners/torch/input_column.h"
#include "schemas/formats/mapped_file.h"
#include "schemas/tool/error.h"
#include "schemas/tool/json_quoted.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t most_line_bytes = 64u << 20;

// What a record repeats of its row, besides the label.
constexpr std::string_view carried_fields[] = {"reference", "slices", "cluster", "sample"};

class JsonRows {
 public:
  JsonRows(std::string file, const DataDemands& demands)
      : file_(std::move(file)), wide_(demands.wide_floats) {
    for (const std::string& name : demands.inputs) add_column(name);
    chosen_ = !demands.inputs.empty();
  }

  void read(std::string_view line, std::int64_t number) {
    line_ = number;
    if (line.size() > most_line_bytes) refuse("is longer than 64 MiB");
    buffer_.assign(line);
    buffer_.reserve(buffer_.size() + simdjson::SIMDJSON_PADDING);
    element row;
    if (const auto failure = parser_.parse(buffer_.data(), buffer_.size(), false).get(row))
      refuse(std::string("is not valid JSON: ") + simdjson::error_message(failure));
    object fields;
    if (row.get_object().get(fields)) refuse("is not a JSON object");
    rows_.push_back(row_from(fields));
  }

  DataSet finish(const std::filesystem::path& tensors, const DataDemands& demands) {
    if (rows_.empty())
      throw usage_error(file_, "has no rows", "A row of JSON for each example was expected.");
    if (runnable_ == 0) throw usage_error(file_, "has no row with inputs: all of them carry an error");
    DataSet data;
    std::vector<Tensor> written;
    for (const InputColumn& column : columns_) written.push_back(column.tensor(runnable_));
    write_safetensors(tensors, written);
    data.tensors = tensors;
    data.inputs = demands.inputs;
    if (!chosen_)
      for (const InputColumn& column : columns_) data.inputs.push_back(column.name());
    data.rows = std::move(rows_);
    data.runnable = runnable_;
    return data;
  }

 private:
  [[noreturn]] void refuse(const std::string& what, const std::string& hint = "") const {
    throw usage_error(file_ + ":" + std::to_string(line_), what, hint);
  }

  void add_column(const std::string& name) {
    if (find(name) == columns_.end()) columns_.emplace_back(name, wide_);
  }

  std::vector<InputColumn>::iterator find(std::string_view name) {
    return std::find_if(columns_.begin(), columns_.end(),
                        [&](const InputColumn& column) { return column.name() == name; });
  }

  DataRow row_from(const object& fields) {
    DataRow row;
    element inputs, value;
    bool has_inputs = false;
    std::string sample;
    seen_.clear();
    for (const auto [key, value] : fields) {
      if (std::find(seen_.begin(), seen_.end(), key) != seen_.end())
        refuse("has the field '" + std::string(key) + "' twice");
      seen_.push_back(key);
      if (key == "inputs") {
        inputs = value;
        has_inputs = true;
      } else if (key == "id") {
        row.id_json = id_of(value);
      } else if (value.is_null()) {
        continue;  // null says that there is none
      } else if (key == "label") {
        take_label(value, row);
      } else if (key == "error") {
        row.error =
            value.is_string() ? std::string(value.get_string().value_unsafe()) : simdjson::minify(value);
      } else if (std::find(std::begin(carried_fields), std::end(carried_fields), key) !=
                 std::end(carried_fields)) {
        if (key == "sample") sample = simdjson::minify(value);
        row.carried_json += "," + json_quoted(key) + ":" + std::string(simdjson::minify(value));
      }
    }
    if (row.id_json.empty()) refuse("has no 'id'", "Every row needs one, a text or a whole number.");
    // 7 and "7" are the same id to whoever joins rows.
    const std::string id =
        row.id_json.front() == '"' ? row.id_json.substr(1, row.id_json.size() - 2) : row.id_json;
    if (!ids_.insert(id + '\n' + sample).second) refuse("repeats the id " + row.id_json);
    if (!row.error.empty()) return row;
    if (!has_inputs) refuse("has no 'inputs'", "They are a map of name to nested arrays of numbers.");
    take_inputs(inputs);
    ++runnable_;
    return row;
  }

  std::string id_of(const element& value) const {
    std::string_view text;
    if (value.is_int64() || value.is_uint64()) return simdjson::minify(value);
    if (value.get_string().get(text)) refuse("'id' must be text or a whole number");
    if (text.empty()) refuse("'id' is empty");
    return json_quoted(text);
  }

  void take_label(const element& value, DataRow& row) const {
    std::string_view text;
    if (!value.get_string().get(text)) {
      row.label = std::string(text);
      return;
    }
    if (value.is_array() || value.is_object()) refuse("'label' must be text, a number or a boolean");
    row.label = simdjson::minify(value);
    row.label_is_text = false;
  }

  void take_inputs(const element& inputs) {
    object by_name;
    if (inputs.get_object().get(by_name)) {
      // One bare array.
      if (runnable_ == 0 && !chosen_) add_column("input");
      if (columns_.size() != 1 || columns_.front().name() != "input")
        refuse("'inputs' is one array, and the inputs " + names() + " are needed");
      take(columns_.front(), inputs);
      return;
    }
    if (runnable_ == 0 && !chosen_)
      for (const auto [name, value] : by_name) add_column(std::string(name));
    if (columns_.empty()) refuse("'inputs' is empty");
    taken_.assign(columns_.size(), false);
    for (const auto [name, value] : by_name) {
      const auto column = find(name);
      if (column == columns_.end()) {
        if (chosen_) continue;
        refuse("has the input '" + std::string(name) + "', which the first row has not");
      }
      const auto index = static_cast<std::size_t>(column - columns_.begin());
      if (taken_[index]) refuse("has the input '" + std::string(name) + "' twice");
      taken_[index] = true;
      take(*column, value);
    }
    const auto missing = std::find(taken_.begin(), taken_.end(), false);
    if (missing == taken_.end()) return;
    std::vector<std::string> there;
    for (const auto [name, value] : by_name) there.emplace_back(name);
    const std::string& name = columns_[static_cast<std::size_t>(missing - taken_.begin())].name();
    refuse("has no input '" + name + "'", did_you_mean(name, there));
  }

  void take(InputColumn& column, const element& value) const {
    if (const std::string wrong = column.add(value); !wrong.empty())
      refuse("the input '" + column.name() + "' " + wrong);
  }

  std::string names() const {
    std::vector<std::string> all;
    for (const InputColumn& column : columns_) all.push_back(column.name());
    return listing(all);
  }

  std::string file_;
  bool wide_, chosen_ = false;
  simdjson::dom::parser parser_;
  std::string buffer_;
  std::int64_t line_ = 0, runnable_ = 0;
  std::vector<InputColumn> columns_;
  std::vector<bool> taken_;
  std::vector<std::string_view> seen_;
  std::unordered_set<std::string> ids_;
  std::vector<DataRow> rows_;
};

}  // namespace

DataSet read_json_rows(const std::filesystem::path& path, const DataDemands& demands,
                       const std::filesystem::path& tensors) {
  const MappedFile file(path);
  const std::string_view text = file.text();
  JsonRows rows(path.string(), demands);
  std::int64_t number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) rows.read(line, number);
    begin = end + 1;
  }
  return rows.finish(tensors, demands);
}

}  // namespace modelgate
