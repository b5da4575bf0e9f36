#include "gates/metrics/text/symbols.h"

#include "gates/metrics/text/dense_numbers.h"

namespace modelgate {

namespace {

template <typename Key, typename Hash, typename Text>
std::vector<Symbols> number_all(std::span<const Text> texts) {
  DenseNumbers<Key, Hash> numbers(texts.empty() ? 0 : texts.front().size());
  std::vector<Symbols> result;
  result.reserve(texts.size());
  for (const Text& text : texts) {
    Symbols symbols;
    symbols.reserve(text.size());
    for (const auto& part : text) symbols.push_back(numbers.number(static_cast<Key>(part)));
    result.push_back(std::move(symbols));
  }
  return result;
}

}  // namespace

std::vector<Symbols> number_words(std::span<const std::vector<std::string_view>> texts) {
  return number_all<std::string_view, std::hash<std::string_view>>(texts);
}

std::vector<Symbols> number_characters(std::span<const std::u32string> texts) {
  return number_all<std::uint32_t, SpreadHash>(texts);
}

}  // namespace modelgate
