#include "reporters/wording/text.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <sstream>

#include "reporters/wording/numbers.h"
#include "reporters/wording/width_ranges.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::string_view ellipsis = "…";

std::uint32_t code_point(std::string_view character) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i]));
  };
  switch (character.size()) {
    case 1:
      return byte(0);
    case 2:
      return (byte(0) & 0x1f) << 6 | (byte(1) & 0x3f);
    case 3:
      return (byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f);
    default:
      return (byte(0) & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f);
  }
}

template <std::size_t size>
bool is_in(std::uint32_t point, const CodePoints (&ranges)[size]) {
  const auto* found =
      std::upper_bound(std::begin(ranges), std::end(ranges), point,
                       [](std::uint32_t value, const CodePoints& range) { return value < range.first; });
  return found != std::begin(ranges) && point <= std::prev(found)->last;
}

std::size_t width_of(std::uint32_t point) {
  if (point < 0xa0) return 1;
  if (is_in(point, zero)) return 0;
  return is_in(point, wide) ? 2 : 1;
}

/// The next character of the text, of one byte where it is not UTF-8.
std::string_view next_character(std::string_view text) {
  return text.substr(0, std::max<std::size_t>(utf8_character(text), 1));
}

std::size_t width_of_character(std::string_view character) {
  return utf8_character(character) == 0 ? 1 : width_of(code_point(character));
}

/// How many bytes of a word that is too long stand on this line: up to the last place that reads well.
std::size_t break_in(std::string_view word, std::size_t width) {
  std::size_t end = 0, used = 0, good = 0;
  while (end < word.size()) {
    const std::string_view character = next_character(word.substr(end));
    const std::size_t more = width_of_character(character);
    if (used + more > width && end > 0) break;
    used += more;
    end += character.size();
    if (std::string_view("/._-,;:=[(").find(character) != std::string_view::npos) good = end;
  }
  return end < word.size() && 3 * good >= end ? good : end;
}

}  // namespace

std::string shown(std::string_view text) {
  std::string all = printable(text);
  all.erase(all.find_last_not_of(' ') + 1);
  return all.erase(0, std::min(all.find_first_not_of(' '), all.size()));
}

std::size_t columns(std::string_view text) {
  std::size_t sum = 0;
  while (!text.empty()) {
    const std::string_view character = next_character(text);
    sum += width_of_character(character);
    text.remove_prefix(character.size());
  }
  return sum;
}

std::string cut(std::string_view text, std::size_t width) {
  std::size_t used = 0, end = 0, fits = 0;  // `fits`: the bytes that leave a column for the ellipsis
  while (end < text.size()) {
    const std::string_view character = next_character(text.substr(end));
    used += width_of_character(character);
    if (used > width) return std::string(text.substr(0, fits)) + std::string(width > 0 ? ellipsis : "");
    end += character.size();
    if (used + 1 <= width) fits = end;
  }
  return std::string(text);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  width = std::max<std::size_t>(width, 2);
  std::vector<std::string> lines;
  std::string line;
  std::size_t used = 0;
  const auto finish_line = [&] {
    lines.push_back(std::move(line));
    line.clear();
    used = 0;
  };
  while (!text.empty()) {
    if (text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    std::size_t end = text.find(' ');
    while (end != std::string_view::npos && text.substr(end + 1, 1) == "%") end = text.find(' ', end + 1);
    std::string_view word = text.substr(0, end);
    text.remove_prefix(word.size());
    while (!word.empty()) {
      const std::size_t more = columns(word);
      if (used > 0 && used + 1 + more <= width) {
        line += ' ';
        line += word;
        used += 1 + more;
        break;
      }
      if (used > 0) finish_line();
      const std::size_t bytes = more <= width ? word.size() : break_in(word, width);
      line = word.substr(0, bytes);
      used = columns(line);
      word.remove_prefix(bytes);
    }
  }
  if (used > 0 || lines.empty()) finish_line();
  return lines;
}

std::vector<std::string> first_lines(const std::string& text, std::size_t most) {
  std::vector<std::string> lines;
  std::istringstream all(text);
  std::size_t left_out = 0;
  for (std::string line; std::getline(all, line);) {
    if (lines.size() < most)
      lines.push_back(printable(line));
    else
      ++left_out;
  }
  if (left_out > 0) lines.push_back("… and " + counted(left_out, "more line", "more lines"));
  return lines;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = columns(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

}  // namespace modelgate
