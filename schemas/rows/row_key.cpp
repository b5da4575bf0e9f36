#include "schemas/rows/row_key.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <string>

namespace modelgate {
namespace {

constexpr std::uint64_t is_hash = std::uint64_t{1} << 63;

}  // namespace

std::uint64_t key_of_id(std::string_view id) {
  constexpr std::size_t most_digits = 18;
  if (id.size() <= most_digits && !id.empty() && (id.front() != '0' || id.size() == 1)) {
    std::uint64_t number = 0;
    bool all_digits = true;
    for (const char c : id) {
      const auto digit = static_cast<unsigned char>(c - '0');
      all_digits = all_digits && digit < 10;
      number = number * 10 + digit;
    }
    if (all_digits) return number;
  }
  return XXH3_64bits(id.data(), id.size()) | is_hash;
}

std::uint32_t digest_of_text(std::string_view text) {
  std::string without_blanks;
  if (!text.empty() && (text.front() == '[' || text.front() == '{')) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (quoted && c == '\\' && i + 1 < text.size())
        without_blanks += text[i++];
      else if (c == '"')
        quoted = !quoted;
      if (quoted || (c != ' ' && c != '\t' && c != '\n' && c != '\r')) without_blanks += text[i];
    }
    text = without_blanks;
  }
  const auto digest = static_cast<std::uint32_t>(XXH3_64bits(text.data(), text.size()));
  return digest == 0 ? 1 : digest;
}

std::uint64_t key_of_sample(std::uint64_t id, std::int64_t sample) {
  const std::uint64_t both[] = {id, static_cast<std::uint64_t>(sample)};
  return XXH3_64bits(both, sizeof both) | is_hash;
}

std::int64_t sample_called(std::string_view name) {
  return static_cast<std::int64_t>(XXH3_64bits(name.data(), name.size()) & ~is_hash);
}

std::uint64_t own_cluster(std::uint64_t id) { return key_of_sample(id, INT64_MIN); }

}  // namespace modelgate
