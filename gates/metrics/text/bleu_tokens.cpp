// The tokenizers of BLEU.
//
// 13a is the tokenization of NIST's mteval-v13a.pl as sacrebleu writes it down (Post 2018, "A Call for
// Clarity in Reporting BLEU Scores", WMT): a few entities are resolved, then four rules put blanks around
// ASCII punctuation, around a period or comma that does not stand between digits, and around a dash behind a
// digit. Each rule is one pass from left to right over what the one before it left, in which matches do not
// overlap; that is why "a..." is split differently from what one would expect, and it is kept. The rules
// speak of single ASCII characters and of "anything but a digit", so that bytes may stand for characters.
//
// Limits: "zh" takes for Chinese what sacrebleu takes for it. Its list names two ranges of plane 2 as
// '\u20000' to '\u2a6d6' and so on, which Python reads as two characters each, and compares as U+2001 to
// U+2A6D: curly quotes, dashes, arrows and most symbols are split off, and rare characters of plane 2 are
// not. Scores must be those that others publish, so this is kept as well.

#include "gates/metrics/text/bleu_tokens.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gates/metrics/text/unicode.h"

namespace modelgate {

namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }
bool is_stop(char character) { return character == '.' || character == ','; }

/// ASCII punctuation but for the apostrophe, comma, dash and period; the blank is among them.
bool is_split_off(char character) {
  return (character >= ' ' && character <= '&') || (character >= '(' && character <= '+') ||
         character == '/' || (character >= ':' && character <= '@') ||
         (character >= '[' && character <= '`') || (character >= '{' && character <= '~');
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  std::size_t found = text.find(what);
  if (found == std::string::npos) return;
  std::string result;
  std::size_t begin = 0;
  for (; found != std::string::npos; found = text.find(what, begin)) {
    result.append(text, begin, found - begin).append(by);
    begin = found + what.size();
  }
  result.append(text, begin);
  text = std::move(result);
}

/// One pass over pairs of neighbours: where `matches(first, second)`, both are written by `write` and the
/// pass goes on behind them.
template <typename Matches, typename Write>
std::string rewrite_pairs(const std::string& text, Matches matches, Write write) {
  std::string result;
  result.reserve(text.size() + text.size() / 4);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i + 1 < text.size() && matches(text[i], text[i + 1])) {
      write(result, text[i], text[i + 1]);
      ++i;
    } else {
      result += text[i];
    }
  }
  return result;
}

/// The four rules.
std::string split_punctuation(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 2);
  for (const char character : text) {
    if (is_split_off(character)) {
      (result += ' ') += character;
      result += ' ';
    } else {
      result += character;
    }
  }
  if (result.find_first_of(".,") != std::string::npos) {
    result = rewrite_pairs(
        result, [](char first, char second) { return !is_digit(first) && is_stop(second); },
        [](std::string& out, char first, char second) {
          ((out += first) += ' ') += {second, ' '};
        });
    result = rewrite_pairs(
        result, [](char first, char second) { return is_stop(first) && !is_digit(second); },
        [](std::string& out, char first, char second) {
          out += {' ', first, ' ', second};
        });
  }
  if (result.find('-') != std::string::npos) {
    result = rewrite_pairs(
        result, [](char first, char second) { return is_digit(first) && second == '-'; },
        [](std::string& out, char first, char second) {
          out += {first, ' ', second, ' '};
        });
  }
  return result;
}

bool is_chinese(char32_t code_point) {
  static constexpr std::array<std::pair<char32_t, char32_t>, 15> ranges = {{
      {0x2001, 0x2A6D},  // what the first range of plane 2 comes to
      {0x2E80, 0x2FDF},  // radicals
      {0x2FF0, 0x303F},  // structure of characters, Chinese punctuation
      {0x3100, 0x312F},  // Bopomofo
      {0x31A0, 0x31BF},  // more of it
      {0x31C0, 0x31EF},  // strokes
      {0x3200, 0x33FF},  // enclosed and squared ones
      {0x3400, 0x4DB5},  // characters of extension A
      {0x4E00, 0x9FBB},  // characters
      {0xF900, 0xFA2D},  // characters for compatibility
      {0xFA30, 0xFA6A},
      {0xFA70, 0xFAD9},
      {0xFE10, 0xFE1F},  // vertical forms
      {0xFE30, 0xFE4F},
      {0xFF00, 0xFFEF},  // full-width and half-width forms
  }};
  return std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) {
    return code_point >= range.first && code_point <= range.second;
  });
}

/// The text with each code point for which `apart` holds between two blanks.
template <typename Apart>
std::string set_apart(std::string_view text, Apart apart) {
  std::string result;
  result.reserve(text.size() * 2);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const bool alone = apart(next_code_point(text, at));
    if (alone) result += ' ';
    result.append(text, begin, at - begin);
    if (alone) result += ' ';
  }
  return result;
}

std::string resolve_entities(std::string_view text) {
  std::string result(text);
  replace_all(result, "<skipped>", "");
  replace_all(result, "-\n", "");
  replace_all(result, "\n", " ");
  replace_all(result, "&quot;", "\"");
  replace_all(result, "&amp;", "&");
  replace_all(result, "&lt;", "<");
  replace_all(result, "&gt;", ">");
  return ' ' + result + ' ';
}

std::string_view without_spaces_at_end(std::string_view text) {
  const std::string_view middle = trimmed(text);
  return middle.empty()
             ? middle
             : text.substr(0, static_cast<std::size_t>(middle.data() - text.data()) + middle.size());
}

}  // namespace

std::string bleu_tokenised(std::string_view text, BleuTokens tokens) {
  text = without_spaces_at_end(text);
  switch (tokens) {
    case BleuTokens::mteval_13a:
      return split_punctuation(resolve_entities(text));
    case BleuTokens::characters:
      return set_apart(text, [](char32_t) { return true; });
    case BleuTokens::chinese:
      return split_punctuation(set_apart(trimmed(text), is_chinese));
    case BleuTokens::blanks:
      break;
  }
  return std::string(text);
}

}  // namespace modelgate
