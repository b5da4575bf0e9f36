#include "schemas/documents/json_syntax.h"

#include <algorithm>
#include <array>
#include <regex>

#include "schemas/documents/place.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

struct Slip {
  std::string what, hint;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool belongs_to_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' ||
         c == '+' || c == '-' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// Where the word begins that the parser stopped in.
std::size_t word_begin(std::string_view text, std::size_t at) {
  while (at > 0 && belongs_to_word(text[at]) && belongs_to_word(text[at - 1])) --at;
  return at;
}

/// Where the text in quotes begins whose closing quote the parser stopped at.
std::size_t quotes_begin(std::string_view text, std::size_t at) {
  for (std::size_t i = at; i-- > 0;) {
    if (text[i] != '"') continue;
    std::size_t backslashes = 0;
    while (backslashes < i && text[i - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return i;
  }
  return at;
}

/// Where the token begins that the parser stopped in, or right behind.
std::size_t token_begin(std::string_view text, std::size_t at, const std::string& parser_words) {
  if (text[at] == '"') return quotes_begin(text, at);
  const bool broken = parser_words.find("invalid literal") != std::string::npos ||
                      parser_words.find("invalid number") != std::string::npos;
  if (broken && at > 0 && !belongs_to_word(text[at]) && belongs_to_word(text[at - 1])) --at;
  return word_begin(text, at);
}

std::string word_at(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && belongs_to_word(text[end])) ++end;
  if (text[begin] == '"') end = text.find('"', begin + 1) + 1;
  return beginning(text.substr(begin, std::max<std::size_t>(end - begin, 1)), 40);
}

bool is_value(const std::string& word) {
  static const std::regex number(R"(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)");
  return word == "true" || word == "false" || word == "null" || std::regex_match(word, number);
}

char last_letter_before(std::string_view text, std::size_t at) {
  while (at > 0 && is_blank(text[at - 1])) --at;
  return at == 0 ? '\0' : text[at - 1];
}

Slip slip_in_text(const std::string& parser_words) {
  if (parser_words.find("surrogate") != std::string::npos)
    return {"a text holds one half of a surrogate pair", "Write both halves, as \\ud83d\\ude00."};
  if (parser_words.find("control character") != std::string::npos)
    return {"a text holds a line break or another control character", "Write it as \\n, \\t or \\u0007."};
  if (parser_words.find("backslash") != std::string::npos ||
      parser_words.find("hex digits") != std::string::npos)
    return {"a text holds a backslash that begins no escape of JSON", "Write \\\\ for a backslash."};
  return {"a text is not closed", "Its closing '\"' is missing."};
}

/// By what the parser waited for.
Slip slip_in_structure(const std::string& parser_words, const std::string& word) {
  const auto expected = [&](const char* what) {
    return parser_words.find(std::string("; expected ") + what) != std::string::npos;
  };
  if (expected("string literal")) return {"a key in double quotes is missing before '" + word + "'", ""};
  if (belongs_to_word(word.front()) && !is_value(word)) return {"'" + word + "' is no value of JSON", ""};
  if (expected("':'")) return {"a ':' is missing before '" + word + "'", ""};
  if (expected("']'")) return {"a comma or a ']' is missing before '" + word + "'", ""};
  if (expected("'}'")) return {"a comma or a '}' is missing before '" + word + "'", ""};
  return {"not valid JSON near '" + word + "'", ""};
}

Slip slip_at(std::string_view text, std::size_t at, const std::string& word,
             const std::string& parser_words) {
  const std::string_view plain = std::string_view(word).substr(word.starts_with('-') ? 1 : 0);
  static constexpr std::array not_finite = {"NaN", "nan", "Infinity", "infinity", "inf", "Inf"};
  static constexpr std::array of_python = {"True", "False", "None", "TRUE", "FALSE", "NULL", "Null"};
  if (std::find(not_finite.begin(), not_finite.end(), plain) != not_finite.end())
    return {word + " is no number of JSON", "Leave out what was not measured."};
  if (std::find(of_python.begin(), of_python.end(), word) != of_python.end())
    return {"'" + word + "' is no value of JSON", "JSON writes true, false and null."};
  if (plain.size() > 1 && plain[0] == '0' && is_digit(plain[1]))
    return {"a number must not begin with 0: " + word, "Write it without the zero, or in double quotes."};
  if (text[at] == '/' || text[at] == '#') return {"JSON has no comments", "Remove the comment."};
  if (text[at] == '\'') return {"a text of JSON stands in double quotes, not in single ones", ""};
  if ((text[at] == ']' || text[at] == '}') && last_letter_before(text, at) == ',')
    return {std::string("a comma stands before the closing '") + text[at] + "'", "Remove the comma."};
  return slip_in_structure(parser_words, word);
}

}  // namespace

Error json_syntax_error(std::string_view text, std::size_t offset, bool finished,
                        const std::string& parser_words, const std::string& file) {
  if (std::all_of(text.begin(), text.end(), is_blank))
    return usage_error(file, "is empty", "A JSON document was expected.");
  if (parser_words.find("number overflow") != std::string::npos && offset > 0) {
    const std::size_t begin = word_begin(text, offset - 1);
    return usage_error(place_in(text, begin, file), "the number " + word_at(text, begin) + " is too large");
  }
  if (offset >= text.size())
    return usage_error(place_in(text, text.size(), file), "the JSON ends too early",
                       "The file may have been cut off.");
  if (parser_words.find("invalid string") != std::string::npos) {
    const Slip slip = slip_in_text(parser_words);
    return usage_error(place_in(text, offset, file), slip.what, slip.hint);
  }
  const std::size_t begin = token_begin(text, offset, parser_words);
  const std::string word = word_at(text, begin);
  const Slip slip = slip_at(text, begin, word, parser_words);
  if (finished && slip.hint.empty())
    return usage_error(place_in(text, begin, file),
                       "something follows the end of the document: '" + word + "'",
                       "A file holds one JSON document.");
  return usage_error(place_in(text, begin, file), slip.what, slip.hint);
}

}  // namespace modelgate
