// Code points, their categories, and where texts are split.
//
// Decoding follows the Unicode Standard, chapter 3.9, table 3-7, and its recommended practice for what is
// broken
// ("U+FFFD substitution of maximal subparts"). Categories come from utf8proc (Unicode 15 in Debian 12).
//
// Limits: which characters are Chinese or kana is a list of blocks, for utf8proc knows no scripts. Thai, Lao,
// Khmer and Burmese are written without blanks as well, but their words are of several characters and take a
// dictionary to find: such a text is one word as far as its blanks go, and is better measured by characters.

#include "gates/metrics/text/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <utility>

namespace modelgate {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

utf8proc_category_t category(char32_t code_point) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
}

unsigned char byte(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const unsigned char first = byte(text, at++);
  if (first < 0x80) return first;
  int more = 0;
  // The second byte has bounds of its own where they keep out overlong forms, surrogates, and the too large.
  unsigned char least = 0x80, most = 0xBF;
  char32_t result = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    more = 1;
    result = first & 0x1Fu;
  } else if (first >= 0xE0 && first <= 0xEF) {
    more = 2;
    result = first & 0x0Fu;
    if (first == 0xE0) least = 0xA0;
    if (first == 0xED) most = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    more = 3;
    result = first & 0x07u;
    if (first == 0xF0) least = 0x90;
    if (first == 0xF4) most = 0x8F;
  } else {
    return kReplacement;
  }
  for (; more > 0; --more) {
    if (at >= text.size() || byte(text, at) < least || byte(text, at) > most) return kReplacement;
    result = (result << 6) | (byte(text, at++) & 0x3Fu);
    least = 0x80;
    most = 0xBF;
  }
  return result;
}

std::u32string decode_utf8(std::string_view text) {
  std::u32string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) result += next_code_point(text, at);
  return result;
}

void append_utf8(std::string& text, char32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = kReplacement;
  const auto tail = [&](int shift) { text += static_cast<char>(0x80 | ((code_point >> shift) & 0x3F)); };
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += static_cast<char>(0xC0 | (code_point >> 6));
    tail(0);
  } else if (code_point < 0x10000) {
    text += static_cast<char>(0xE0 | (code_point >> 12));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0 | (code_point >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string encode_utf8(std::u32string_view code_points) {
  std::string result;
  result.reserve(code_points.size());
  for (const char32_t code_point : code_points) append_utf8(result, code_point);
  return result;
}

std::string valid_utf8(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) append_utf8(result, next_code_point(text, at));
  return result;
}

bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char character : text) all |= static_cast<unsigned char>(character);
  return all < 0x80;
}

bool is_space(char32_t code_point) {
  if (code_point < 0x80) {
    return code_point == ' ' || (code_point >= 0x09 && code_point <= 0x0D) ||
           (code_point >= 0x1C && code_point <= 0x1F);
  }
  return code_point == 0x85 || code_point == 0xA0 || code_point == 0x1680 ||
         (code_point >= 0x2000 && code_point <= 0x200A) || code_point == 0x2028 || code_point == 0x2029 ||
         code_point == 0x202F || code_point == 0x205F || code_point == 0x3000;
}

bool is_letter(char32_t code_point) {
  const auto is = category(code_point);
  return is >= UTF8PROC_CATEGORY_LU && is <= UTF8PROC_CATEGORY_LO;
}

bool is_mark(char32_t code_point) {
  const auto is = category(code_point);
  return is >= UTF8PROC_CATEGORY_MN && is <= UTF8PROC_CATEGORY_ME;
}

bool is_number(char32_t code_point) {
  const auto is = category(code_point);
  return is >= UTF8PROC_CATEGORY_ND && is <= UTF8PROC_CATEGORY_NO;
}

bool is_punctuation(char32_t code_point) {
  const auto is = category(code_point);
  return is >= UTF8PROC_CATEGORY_PC && is <= UTF8PROC_CATEGORY_PO;
}

bool is_ascii_punctuation(char32_t code_point) {
  return (code_point >= '!' && code_point <= '/') || (code_point >= ':' && code_point <= '@') ||
         (code_point >= '[' && code_point <= '`') || (code_point >= '{' && code_point <= '~');
}

bool is_unspaced(char32_t code_point) {
  static constexpr std::array<std::pair<char32_t, char32_t>, 16> blocks = {{
      {0x2E80, 0x2FDF},    // CJK and Kangxi radicals
      {0x3005, 0x3005},    // 々
      {0x3007, 0x3007},    // 〇
      {0x3021, 0x3029},    // Hangzhou numerals
      {0x3038, 0x303B},    // more of them, 〻
      {0x3041, 0x3096},    // Hiragana
      {0x309D, 0x309F},    // its repetition marks
      {0x30A1, 0x30FA},    // Katakana
      {0x30FC, 0x30FF},    // ー and repetition marks
      {0x31F0, 0x31FF},    // small katakana
      {0x3400, 0x4DBF},    // Chinese characters, extension A
      {0x4E00, 0x9FFF},    // Chinese characters
      {0xF900, 0xFAFF},    // those for compatibility
      {0xFF66, 0xFF9F},    // half-width katakana
      {0x1AFF0, 0x1B16F},  // rare kana
      {0x20000, 0x3FFFD},  // planes 2 and 3: all other Chinese characters
  }};
  if (code_point < blocks.front().first) return false;
  return std::any_of(blocks.begin(), blocks.end(), [&](const auto& block) {
    return code_point >= block.first && code_point <= block.second;
  });
}

std::string_view trimmed(std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size() && is_space(next_code_point(text, at));) begin = at;
  text.remove_prefix(begin);
  while (!text.empty()) {
    // The last code point begins at the last byte that continues none.
    std::size_t last = text.size() - 1;
    while (last > 0 && text.size() - last < 4 && (byte(text, last) & 0xC0) == 0x80) --last;
    std::size_t at = last;
    if (!is_space(next_code_point(text, at)) || at != text.size()) break;
    text = text.substr(0, last);
  }
  return text;
}

std::vector<std::string_view> split_at_spaces(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (!is_space(next_code_point(text, at))) continue;
    close(start);
    begin = at;
  }
  close(text.size());
  return parts;
}

std::vector<std::string_view> split_into_words(std::string_view text) {
  if (is_ascii(text)) return split_at_spaces(text);
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  bool alone = false;  // The word that is open is a character that stands for itself.
  const auto close = [&](std::size_t end) {
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end;
    alone = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t code_point = next_code_point(text, at);
    if (is_space(code_point)) {
      close(start);
      begin = at;
    } else if (is_unspaced(code_point)) {
      close(start);
      alone = true;
    } else if (alone && !is_mark(code_point)) {
      close(start);
    }
  }
  close(text.size());
  return words;
}

}  // namespace modelgate
