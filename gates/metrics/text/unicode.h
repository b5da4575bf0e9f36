#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modelgate {

/// The code point that begins at `at`, which moves behind it. Bytes that are no UTF-8 give U+FFFD, one for
/// each maximal part of a sequence that breaks off, as Unicode (chapter 3.9) recommends and Python decodes.
/// `at` must be below the size.
char32_t next_code_point(std::string_view text, std::size_t& at);

/// Every text has code points, however broken it is.
std::u32string decode_utf8(std::string_view text);

/// Surrogates and what lies above U+10FFFF are written as U+FFFD.
void append_utf8(std::string& text, char32_t code_point);
std::string encode_utf8(std::u32string_view code_points);

/// The text itself, or with U+FFFD in the place of what is no UTF-8.
std::string valid_utf8(std::string_view text);

bool is_ascii(std::string_view text);

/// White space as Python's str.split and \s take it: Unicode's, and U+001C to U+001F.
bool is_space(char32_t code_point);
bool is_letter(char32_t code_point);
bool is_mark(char32_t code_point);
bool is_number(char32_t code_point);
/// Unicode's categories P*: not the symbols $ + < = > ^ ` | ~, which ASCII counts among them.
bool is_punctuation(char32_t code_point);
/// What C's ispunct and Python's string.punctuation name.
bool is_ascii_punctuation(char32_t code_point);

/// Of a script that puts no blanks between words: a Chinese character, or Japanese kana.
bool is_unspaced(char32_t code_point);

/// Without white space at both ends.
std::string_view trimmed(std::string_view text);

/// What lies between white space; never an empty part.
std::vector<std::string_view> split_at_spaces(std::string_view text);

/// As split_at_spaces, and every Chinese character and kana is a word of its own, with the marks that follow
/// it: texts have the same words whether somebody put blanks between them or not.
std::vector<std::string_view> split_into_words(std::string_view text);

}  // namespace modelgate
