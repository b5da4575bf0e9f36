// How a row of JSON is laid out, learned from one that the parser took.

#include <algorithm>

#include "schemas/rows/quick_json.h"

namespace modelgate {
namespace {

constexpr std::size_t most_layouts = 8, most_values = 200;

}  // namespace

std::vector<const RowField*> QuickJson::fields_at(const std::vector<std::string>& path) const {
  std::vector<const RowField*> fields;
  for (const RowField& field : fields_)
    if (field.parts == path) fields.push_back(&field);
  return fields;
}

bool QuickJson::asks_within(const std::vector<std::string>& path) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const RowField& field) {
    return field.parts.size() > path.size() && std::equal(path.begin(), path.end(), field.parts.begin());
  });
}

/// A list or map that is read as a text as a whole, from its bracket on.
bool QuickJson::add_part(std::string_view line, std::size_t& at, const std::string& before, Layout& layout,
                         std::vector<const RowField*> fields) const {
  for (const RowField* field : fields)
    if (field->form != FieldForm::plain ||
        (field->role != FieldRole::text && field->role != FieldRole::digest))
      return false;
  int level = 0;
  do {
    const char c = line[at];
    if (c == '"') {
      const std::size_t close = line.find('"', at + 1);
      if (line.substr(at, close - at).find('\\') != std::string_view::npos) return false;
      at = close;
    }
    if (c == '[' || c == '{') ++level;
    if (c == ']' || c == '}') --level;
    ++at;
  } while (level > 0);
  layout.values.push_back({before, Kind::part, std::move(fields)});
  return true;
}

/// The line is valid JSON; what is laid out in a way that is not understood here is simply not learned.
bool QuickJson::layout_of(std::string_view line, Layout& layout) const {
  struct Level {
    bool is_list = false;
    std::size_t place = 0;
  };
  std::vector<Level> levels;
  std::vector<std::string> path;
  std::string before;
  bool expects_key = false;
  const auto next_place = [&] {
    if (!levels.empty() && levels.back().is_list) path.back() = std::to_string(levels.back().place);
  };
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (c == '{' || c == '[') {
      next_place();
      if (auto fields = fields_at(path); !fields.empty()) {
        if (asks_within(path) || !add_part(line, at, before, layout, std::move(fields))) return false;
        before.clear();
        continue;
      }
      levels.push_back({c == '[', 0});
      path.emplace_back();
      expects_key = c == '{';
      before += c;
      ++at;
    } else if (c == '}' || c == ']') {
      levels.pop_back();
      path.pop_back();
      before += c;
      ++at;
    } else if (c == ',') {
      if (levels.back().is_list)
        ++levels.back().place;
      else
        expects_key = true;
      before += c;
      ++at;
    } else if (c == '"') {
      const std::size_t close = line.find('"', at + 1);
      if (close == std::string_view::npos || line.substr(at, close - at).find('\\') != std::string_view::npos)
        return false;
      const std::string_view text = line.substr(at + 1, close - at - 1);
      if (expects_key) {
        path.back() = text;
        before.append(line.substr(at, close + 1 - at));
        expects_key = false;
      } else {
        next_place();
        layout.values.push_back({before + '"', Kind::text, fields_at(path)});
        before.clear();
      }
      at = close + 1;
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      next_place();
      layout.values.push_back({before, Kind::number, fields_at(path)});
      before.clear();
      at = line.find_first_not_of("+-.0123456789eE", at);
    } else if (c == 't' || c == 'f' || c == 'n') {
      next_place();
      const std::size_t size = c == 'f' ? 5 : 4;
      // A constant is a part of the layout, unless it says something.
      if (c != 'n' && !fields_at(path).empty()) return false;
      before.append(line.substr(at, size));
      at += size;
    } else {
      before += c;
      ++at;
    }
    if (layout.values.size() > most_values) return false;
  }
  layout.after = before;
  return true;
}

void QuickJson::learn(std::string_view line) {
  if (layouts_.size() == most_layouts) return;
  Layout layout;
  if (layout_of(line, layout) && !layout.values.empty()) layouts_.push_back(std::move(layout));
}

}  // namespace modelgate
