#include "schemas/rows/quick_json.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include "schemas/rows/quick_number.h"

namespace modelgate {
namespace {

constexpr std::size_t most_layouts = 8, most_values = 200;

/// A byte in each place of eight.
constexpr std::uint64_t in_all(unsigned char byte) { return 0x0101010101010101u * byte; }

std::uint64_t has_zero(std::uint64_t bytes) { return (bytes - in_all(1)) & ~bytes & in_all(0x80); }

/// The first quote, backslash, control character or byte beyond ASCII. Reads up to 7 bytes behind it.
const char* end_of_plain_text(const char* at) {
  for (;; at += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    const std::uint64_t special = has_zero(bytes ^ in_all('"')) | has_zero(bytes ^ in_all('\\')) |
                                  ((bytes - in_all(0x20)) & ~bytes & in_all(0x80)) | (bytes & in_all(0x80));
    if (special == 0) continue;
    // The lowest mark is right whatever borrows did above it.
    if constexpr (std::endian::native == std::endian::little) return at + std::countr_zero(special) / 8;
    while (*at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20 &&
           static_cast<unsigned char>(*at) < 0x80)
      ++at;
    return at;
  }
}

/// Whole numbers as words are told apart by their digits alone, others the parser writes anew.
bool give_number(const RowField& field, const char*& at, const char* end, RowBlock& block) {
  if (field.role == FieldRole::number) {
    double value = 0;
    if (!read_number(at, end, value)) return false;
    block.number(field.column, value);
    return true;
  }
  const char* const begin = at;
  std::uint64_t whole = 0;
  if (!read_whole(at, end, whole) || *at == '.' || *at == 'e' || *at == 'E') return false;
  if (field.role == FieldRole::id)
    block.id(whole);
  else if (field.role == FieldRole::sample)
    block.sample(static_cast<std::int64_t>(whole));
  else
    return give_text(field, {begin, static_cast<std::size_t>(at - begin)}, block);
  return true;
}

}  // namespace

bool QuickJson::read_by(const Layout& layout, const char*& at, const char* end, RowBlock& block) {
  const char* here = at;
  const auto follows = [&](const std::string& text) {
    if (static_cast<std::size_t>(end - here) < text.size() ||
        std::memcmp(here, text.data(), text.size()) != 0)
      return false;
    here += text.size();
    return true;
  };
  for (const Value& value : layout.values) {
    if (!follows(value.before)) return false;
    if (value.is_text) {
      const char* const behind = end_of_plain_text(here);
      if (behind >= end || *behind != '"') return false;
      const std::string_view text(here, static_cast<std::size_t>(behind - here));
      for (const RowField* field : value.fields)
        if (!give_text(*field, text, block)) return false;
      here = behind + 1;
      continue;
    }
    const char* const begin = here;
    double unused = 0;
    if (value.fields.empty() && !read_number(here, end, unused)) return false;
    for (const RowField* field : value.fields) {
      here = begin;
      if (!give_number(*field, here, end, block)) return false;
    }
  }
  if (!follows(layout.after) || (here < end && *here != '\n')) return false;
  at = here < end ? here + 1 : here;
  return true;
}

bool QuickJson::read(const char*& at, const char* end, RowBlock& block) {
  for (std::size_t tried = 0; tried < layouts_.size(); ++tried) {
    const std::size_t which = (last_ + tried) % layouts_.size();
    block.begin_row();
    if (read_by(layouts_[which], at, end, block) && block.end_row()) {
      last_ = which;
      return true;
    }
    block.drop_row();
  }
  return false;
}

std::vector<const RowField*> QuickJson::fields_at(const std::vector<std::string>& path) const {
  std::vector<const RowField*> fields;
  for (const RowField& field : fields_)
    if (field.parts == path) fields.push_back(&field);
  return fields;
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
        layout.values.push_back({before + '"', true, fields_at(path)});
        before.clear();
      }
      at = close + 1;
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      next_place();
      layout.values.push_back({before, false, fields_at(path)});
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
