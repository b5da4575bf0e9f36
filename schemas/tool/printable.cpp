#include "schemas/tool/printable.h"

#include <algorithm>

namespace modelgate {
namespace {

unsigned char byte(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

bool is_control(std::string_view character) {
  const unsigned char first = byte(character, 0);
  return first < 0x20 || first == 0x7f ||
         (character.size() == 2 && first == 0xc2 && byte(character, 1) < 0xa0);
}

/// U+2028 to U+202E and U+2066 to U+2069: separators of lines, and what turns the direction of a line, so
/// that it shows something else than it holds.
bool turns_the_line(std::string_view character) {
  if (character.size() != 3 || byte(character, 0) != 0xe2) return false;
  const unsigned char second = byte(character, 1), third = byte(character, 2);
  return (second == 0x80 && third >= 0xa8 && third <= 0xae) ||
         (second == 0x81 && third >= 0xa6 && third <= 0xa9);
}

bool is_escaped(std::string_view character) { return is_control(character) || turns_the_line(character); }

std::string escaped(std::string_view control) {
  static constexpr char digits[] = "0123456789abcdef";
  if (control == "\n") return "\\n";
  if (control == "\t") return "\\t";
  const unsigned char last = byte(control, control.size() - 1);
  if (control.size() == 3) {
    const unsigned code = 0x2000u | (byte(control, 1) & 0x3fu) << 6 | (last & 0x3fu);
    return {'\\', 'u', digits[code >> 12], digits[code >> 8 & 15], digits[code >> 4 & 15], digits[code & 15]};
  }
  return {'\\', 'x', digits[last >> 4], digits[last & 15]};
}

}  // namespace

std::size_t utf8_character(std::string_view text) {
  if (text.empty()) return 0;
  const unsigned char first = byte(text, 0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xc2 && first < 0xe0   ? 2
                             : first >= 0xe0 && first < 0xf0 ? 3
                             : first >= 0xf0 && first < 0xf5 ? 4
                                                             : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(text, i) & 0xc0) != 0x80) return 0;
  const unsigned char second = byte(text, 1);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool outside = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
  return overlong || outside ? 0 : length;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_character(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool is_printable(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_character(text);
    if (length == 0 || is_escaped(text.substr(0, length))) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t length = utf8_character(text);
    const std::string_view character = text.substr(0, length);
    if (length == 0)
      shown += "\xef\xbf\xbd";
    else if (is_escaped(character))
      shown += escaped(character);
    else
      shown += character;
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return shown;
}

std::string beginning(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return printable(text);
  std::size_t end = 0;
  while (end < bytes) {
    const std::size_t next = end + std::max<std::size_t>(utf8_character(text.substr(end)), 1);
    if (next > bytes) break;
    end = next;
  }
  return printable(text.substr(0, end)) + "…";
}

}  // namespace modelgate
