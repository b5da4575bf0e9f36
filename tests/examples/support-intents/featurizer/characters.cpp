#include "featurizer/characters.h"

#include "featurizer/variant.h"

namespace intents {
namespace {

bool between(char32_t character, char32_t first, char32_t last) {
  return character >= first && character <= last;
}

/// In Latin Extended-A upper and lower case alternate; which of them is even changes in the middle.
char32_t folded_extended(char32_t character) {
  const bool upper_is_odd = between(character, 0x139, 0x148) || between(character, 0x179, 0x17E);
  if (character == 0x178) return 0xFF;  // Ÿ
  return (character % 2 == 1) == upper_is_odd ? character + 1 : character;
}

}  // namespace

char32_t folded(char32_t character) {
  if (variant::folds_full_width && between(character, 0xFF01, 0xFF5E)) character -= 0xFEE0;
  if (character < 0x80) {
    if (between(character, U'0', U'9')) return U'0';
    return between(character, U'A', U'Z') ? character + 32 : character;
  }
  if (character > 0x42F) return character;
  if (between(character, 0xC0, 0xDE) && character != 0xD7) return character + 32;
  if (between(character, 0x100, 0x17E) && character != 0x138 && character != 0x149)
    return folded_extended(character);
  if (between(character, 0x391, 0x3A9) && character != 0x3A2) return character + 32;
  if (character == 0x3C2) return 0x3C3;  // the sigma at the end of a word
  if (between(character, 0x400, 0x40F)) return character + 80;
  return character >= 0x410 ? character + 32 : character;
}

bool is_han(char32_t character) {
  return between(character, 0x4E00, 0x9FFF) || between(character, 0x3400, 0x4DBF) ||
         between(character, 0x20000, 0x3134F) || between(character, 0xF900, 0xFAFF);
}

bool is_word_character(char32_t character) {
  if (character < 0x80)
    return between(character, U'a', U'z') || between(character, U'A', U'Z') || between(character, U'0', U'9');
  if (character < 0x2000) return character >= 0xC0 && character != 0xD7 && character != 0xF7;
  // General punctuation, arrows and pictures; CJK punctuation; full-width punctuation, but not its letters.
  if (between(character, 0x2000, 0x2BFF) || between(character, 0x3000, 0x303F) || character == 0xFFFD)
    return false;
  if (between(character, 0xFF00, 0xFF65))
    return between(character, 0xFF10, 0xFF19) || between(character, 0xFF21, 0xFF3A) ||
           between(character, 0xFF41, 0xFF5A);
  return character < 0x1F000 && !is_han(character);
}

}  // namespace intents
