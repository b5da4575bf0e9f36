#include "featurizer/utf8.h"

#include <cstdlib>

#include "featurizer/variant.h"

namespace intents {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// What a first byte announces: how many bytes follow, and between which bounds the second one must lie,
/// which is how overlong forms, surrogates and characters beyond U+10FFFF are kept out (Unicode, table 3-7).
struct Announced {
  int following = -1;
  unsigned char lowest = 0x80, highest = 0xBF;
};

Announced announced_by(unsigned char first) {
  if (first < 0x80) return {0};
  if (variant::takes_overlong_forms && (first == 0xC0 || first == 0xC1)) return {1};
  if (first >= 0xC2 && first <= 0xDF) return {1};
  if (first == 0xE0) return {2, 0xA0, 0xBF};
  if (first == 0xED) return {2, 0x80, 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return {2};
  if (first == 0xF0) return {3, 0x90, 0xBF};
  if (first >= 0xF1 && first <= 0xF3) return {3};
  if (first == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

}  // namespace

std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at++]);
    const Announced announced = announced_by(first);
    if (announced.following < 0) {
      characters.push_back(replacement);
      continue;
    }
    char32_t character = announced.following == 0 ? first : first & (0x3Fu >> announced.following);
    int read = 0;
    for (; read < announced.following; ++read) {
      if (at == text.size()) {
        if (variant::aborts_when_cut_off) std::abort();
        break;
      }
      const auto next = static_cast<unsigned char>(text[at]);
      const unsigned char lowest = read == 0 ? announced.lowest : 0x80;
      const unsigned char highest = read == 0 ? announced.highest : 0xBF;
      if (next < lowest || next > highest) break;
      character = character << 6 | (next & 0x3Fu);
      ++at;
    }
    characters.push_back(read == announced.following ? character : replacement);
  }
  return characters;
}

}  // namespace intents
