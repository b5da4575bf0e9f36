#include "schemas/rows/whole_row_text.h"

#include <simdjson.h>

#include <algorithm>

#include "schemas/rows/redaction.h"
#include "schemas/tool/json_quoted.h"

namespace modelgate {
namespace {

using simdjson::dom::element;

bool is_there(const std::vector<WholeRow::Field>& fields, std::string_view name) {
  return std::any_of(fields.begin(), fields.end(), [&](const auto& field) { return field.name == name; });
}

/// Writes values as JSON on one line, without what must not leave.
class Masking {
 public:
  explicit Masking(const RowRequest& request) : request_(request) {}

  std::string operator()(const element& value, const std::string& path) {
    // What lies in a hidden value is looked at all the same, for what hides it.
    const std::string written = written_of(value, path);
    return hides(path) ? json_quoted(redacted_value) : written;
  }

  bool hides(const std::string& path) {
    const std::set<std::string> hiding = redactions_of(request_, path);
    met_.insert(hiding.begin(), hiding.end());
    return !hiding.empty();
  }

  const std::set<std::string>& met() const { return met_; }

 private:
  std::string written_of(const element& value, const std::string& path) {
    simdjson::dom::object object;
    simdjson::dom::array list;
    if (!value.get_object().get(object)) {
      std::string all = "{";
      for (const auto [name, part] : object)
        all += (all.size() > 1 ? ", " : "") + json_quoted(name) + ": " +
               (*this)(part, path + "." + std::string(name));
      return all + "}";
    }
    if (!value.get_array().get(list)) {
      std::string all = "[";
      std::size_t place = 0;
      // The parts of a list are called by their places, and what lies in them like what lies in the list.
      for (const element part : list) {
        const std::string written = written_of(part, path);
        all += (all.size() > 1 ? ", " : "") +
               (hides(path + "." + std::to_string(place++)) ? json_quoted(redacted_value) : written);
      }
      return all + "]";
    }
    std::string_view text;
    return value.get_string().get(text) ? simdjson::minify(value) : json_quoted(text);
  }

  const RowRequest& request_;
  std::set<std::string> met_;
};

class JsonRow : public RowText {
 public:
  /// False if the line is no object.
  bool read(std::string_view line) {
    element row;
    return !parser_.parse(line.data(), line.size()).get(row) && !row.get_object().get(object_);
  }

  std::optional<std::string> text_at(const std::string& path) const override {
    element value;
    const std::size_t dot = path.find('.');
    if (object_[path.substr(0, dot)].get(value)) return std::nullopt;
    if (dot != std::string::npos && value[path.substr(dot + 1)].get(value)) return std::nullopt;
    std::string_view text;
    if (!value.get_string().get(text)) return std::string(text);
    if (value.is_object() || value.is_array() || value.is_null()) return std::nullopt;
    return std::string(simdjson::minify(value));
  }

  WholeRow whole(const RowRequest& request) const override {
    WholeRow row;
    Masking masked(request);
    for (const auto [name, value] : object_)
      if (!is_there(row.fields, name))
        row.fields.push_back({std::string(name), masked(value, std::string(name))});
    row.redacted = masked.met();
    return row;
  }

 private:
  simdjson::dom::parser parser_;
  simdjson::dom::object object_;
};

class CsvRow : public RowText {
 public:
  CsvRow(const std::vector<std::string>& header, std::vector<std::string> cells)
      : header_(header), cells_(std::move(cells)) {}

  std::optional<std::string> text_at(const std::string& path) const override {
    const auto found = std::find(header_.begin(), header_.end(), path);
    if (found == header_.end()) return std::nullopt;
    return cells_[static_cast<std::size_t>(found - header_.begin())];
  }

  WholeRow whole(const RowRequest& request) const override {
    WholeRow row;
    Masking masked(request);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (cells_[c].empty() || is_there(row.fields, header_[c])) continue;  // an empty cell is no value
      const std::string_view value = masked.hides(header_[c]) ? redacted_value : cells_[c];
      row.fields.push_back({header_[c], json_quoted(value)});
    }
    row.redacted = masked.met();
    return row;
  }

 private:
  const std::vector<std::string>& header_;
  std::vector<std::string> cells_;
};

}  // namespace

std::unique_ptr<RowText> json_row(std::string_view line) {
  auto row = std::make_unique<JsonRow>();
  if (!row->read(line)) return nullptr;
  return row;
}

std::unique_ptr<RowText> csv_row(const std::vector<std::string>& header, std::vector<std::string> cells) {
  if (cells.size() != header.size()) return nullptr;
  return std::make_unique<CsvRow>(header, std::move(cells));
}

std::vector<std::string> next_cells(std::string_view& text, char delimiter) {
  std::vector<std::string> cells(1);
  bool is_quoted = false;
  std::size_t i = 0;
  for (; i < text.size() && (is_quoted || text[i] != '\n'); ++i) {
    if (text[i] == '"' && is_quoted && i + 1 < text.size() && text[i + 1] == '"')
      cells.back() += text[i++];
    else if (text[i] == '"')
      is_quoted = !is_quoted;
    else if (text[i] == delimiter && !is_quoted)
      cells.emplace_back();
    else
      cells.back() += text[i];
  }
  text.remove_prefix(std::min(i + 1, text.size()));
  if (cells.back().ends_with('\r')) cells.back().pop_back();
  return cells;
}

}  // namespace modelgate
