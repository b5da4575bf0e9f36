#include "utterances/customer.h"

#include <stdexcept>
#include <vector>

namespace intents {
namespace {

const std::string& one_of(const std::vector<std::string>& all, Dice& dice) {
  return all[dice.roll(all.size())];
}

std::string order_number(Dice& dice) { return std::to_string(10000 + dice.roll(90000)); }

/// The template with its slots filled; slots may hold slots.
std::string filled(std::string text, const PhraseBook& book, Dice& dice) {
  for (std::size_t begin = text.find('{'); begin != std::string::npos; begin = text.find('{', begin)) {
    const std::size_t end = text.find('}', begin);
    if (end == std::string::npos) throw std::runtime_error("a slot without its end: " + text);
    const std::string name = text.substr(begin + 1, end - begin - 1);
    if (name == "number") {
      text.replace(begin, end - begin + 1, order_number(dice));
      continue;
    }
    const auto slot = book.slots.find(name);
    if (slot == book.slots.end()) throw std::runtime_error("no such slot: " + text);
    text.replace(begin, end - begin + 1, one_of(slot->second, dice));
  }
  return text;
}

/// A UTF-8 text as its characters, so that no typo cuts one.
std::vector<std::string> characters_in(const std::string& text) {
  std::vector<std::string> characters;
  for (const char byte : text) {
    const bool continues = (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
    if (continues && !characters.empty())
      characters.back() += byte;
    else
      characters.emplace_back(1, byte);
  }
  return characters;
}

/// Left out, doubled, or swapped with the next one.
std::string with_typos(const std::string& text, std::size_t per_thousand, Dice& dice) {
  std::vector<std::string> characters = characters_in(text);
  std::string typed;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (characters[i] == " " || !dice.chance(per_thousand)) {
      typed += characters[i];
      continue;
    }
    const std::size_t slip = dice.roll(3);
    if (slip == 1) typed += characters[i] + characters[i];
    if (slip == 2 && i + 1 < characters.size()) {
      std::swap(characters[i], characters[i + 1]);
      typed += characters[i];
    }
  }
  return typed;
}

std::string with_full_width_digits(const std::string& text) {
  std::string typed;
  for (const char byte : text) {
    if (byte >= '0' && byte <= '9')
      typed += std::string("\xEF\xBC") + static_cast<char>(0x90 + (byte - '0'));
    else
      typed += byte;
  }
  return typed;
}

}  // namespace

std::string utterance(const PhraseBook& book, const std::string& intent, const Habits& habits, Dice& dice) {
  const auto ambiguous = book.ambiguous.find(intent);
  const bool unclear = ambiguous != book.ambiguous.end() && dice.chance(habits.ambiguous);
  std::string text = filled(one_of(unclear ? ambiguous->second : book.clear.at(intent), dice), book, dice);
  const bool chinese = book.language == "zh";
  const std::string gap = chinese ? "" : " ";
  if (dice.chance(habits.opener))
    text = filled(one_of(book.slots.at("opener"), dice), book, dice) + gap + text;
  if (dice.chance(habits.closer)) text += (chinese ? "" : ", ") + one_of(book.slots.at("closer"), dice);
  text = with_typos(text, habits.typo, dice);
  if (chinese && dice.chance(habits.full_width)) return with_full_width_digits(text);
  if (dice.chance(habits.capital) && !text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 32);
  return text;
}

}  // namespace intents
