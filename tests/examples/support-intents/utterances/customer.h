#pragma once

#include <string>

#include "utterances/dice.h"
#include "utterances/phrase_book.h"

namespace intents {

/// How often what happens, per thousand.
struct Habits {
  std::size_t ambiguous = 70;  ///< Says something that fits another intent too.
  std::size_t opener = 350, closer = 300;
  std::size_t typo = 25;         ///< For each character.
  std::size_t capital = 500;     ///< Begins with a capital.
  std::size_t full_width = 500;  ///< Types digits in full width; only in Chinese.
};

/// What a customer of that language, with that intent, types.
std::string utterance(const PhraseBook& book, const std::string& intent, const Habits& habits, Dice& dice);

}  // namespace intents
