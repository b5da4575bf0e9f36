#include "schemas/rows/quick_json.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include "schemas/rows/quick_number.h"

namespace modelgate {
namespace {

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

/// A list or map of plain texts, whole numbers and constants, as the parser writes it anew. Any other is left
/// to that. Appends it to `part_`, and sets `at` behind it.
bool QuickJson::read_part(const char*& at, const char* end, int level) {
  constexpr int most_levels = 8;
  const auto skip_blanks = [&] {
    while (at < end && *at == ' ') ++at;
  };
  const auto take = [&](char c) {
    skip_blanks();
    if (at >= end || *at != c) return false;
    part_ += *at++;
    return true;
  };
  const auto take_text = [&] {
    if (!take('"')) return false;
    const char* const behind = end_of_plain_text(at);
    if (behind >= end || *behind != '"') return false;
    part_.append(at, behind + 1);
    at = behind + 1;
    return true;
  };
  skip_blanks();
  if (at >= end || level > most_levels) return false;
  const char first = *at;
  if (first == '"') return take_text();
  if (first == '[' || first == '{') {
    const char close = first == '[' ? ']' : '}';
    take(first);
    if (take(close)) return true;
    do {
      if (first == '{' && !(take_text() && take(':'))) return false;
      if (!read_part(at, end, level + 1)) return false;
    } while (take(','));
    return take(close);
  }
  for (const std::string_view constant : {"true", "false", "null"})
    if (first == constant[0] &&
        std::string_view(at, static_cast<std::size_t>(end - at)).starts_with(constant)) {
      part_ += constant;
      at += constant.size();
      return true;
    }
  const char* const begin = at;
  std::uint64_t unused = 0;
  if (!read_whole(at, end, unused)) return false;
  part_.append(begin, at);
  return true;
}

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
    if (value.kind == Kind::part) {
      part_.clear();
      const bool begins = here < end && (*here == '[' || *here == '{');
      if (!begins || !read_part(here, end, 0)) return false;
      for (const RowField* field : value.fields)
        if (!give_text(*field, part_, block)) return false;
      continue;
    }
    if (value.kind == Kind::text) {
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

}  // namespace modelgate
