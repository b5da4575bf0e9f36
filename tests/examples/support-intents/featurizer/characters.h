#pragma once

namespace intents {

/// The character that stands for it and its like: lower case (Latin, Greek, Cyrillic), full-width forms as
/// plain ones, every digit as '0', because which order it is says nothing of what the customer wants.
char32_t folded(char32_t character);

/// Part of a word: a letter or digit of any script but Han. Punctuation, blanks and pictures are not.
bool is_word_character(char32_t character);

/// A Chinese character: written without blanks, each is a word of its own.
bool is_han(char32_t character);

}  // namespace intents
