// Texts as hashes.
//
// The normalised text is NFKC of the full case folding, with one blank for each run of white space and none
// at its ends. Its words are those of split_into_words() after Unicode's punctuation was taken out, so that
// Chinese and Japanese go by characters. Texts of ASCII alone, which are most, are normalised and split in
// one pass.
//
// Hashes stand for what they were made of. Of the whole text there are 128 bits: no two texts that anybody
// will ever see have the same. Of shingles and n-grams there are 64: of T in the test data and R in the
// training data about T·R/2^64 are mistaken for another, one of 20,000 for a million and a billion; and a
// text is near another only where most of its shingles or n-grams are, so that a few mistakes change nothing.

#include "gates/quality/contamination/fingerprint.h"

#include <array>

#include "gates/metrics/text/letters.h"
#include "gates/metrics/text/unicode.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace modelgate {
namespace {

enum class AsciiKind : std::uint8_t { word, space, punctuation };

/// Of every ASCII character, as unicode.h has it.
constexpr std::array<AsciiKind, 128> ascii_kinds() {
  std::array<AsciiKind, 128> kinds{};
  for (std::size_t c = 0; c < kinds.size(); ++c)
    if (c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F)) kinds[c] = AsciiKind::space;
  for (const char c : std::string_view("!\"#%&'()*,-./:;?@[\\]_{}"))
    kinds[static_cast<std::size_t>(c)] = AsciiKind::punctuation;
  return kinds;
}

std::uint64_t hash_of(std::string_view word) { return XXH3_64bits(word.data(), word.size()); }

}  // namespace

void Fingerprinter::split_ascii(std::string_view text) {
  static constexpr std::array<AsciiKind, 128> kinds = ascii_kinds();
  bool is_behind_space = true;
  std::size_t word = 0;
  const auto close = [&] {
    if (bare_.size() > word) words_.push_back(hash_of(std::string_view(bare_).substr(word)));
    word = bare_.size();
  };
  for (char c : text) {
    const AsciiKind kind = kinds[static_cast<std::size_t>(c)];
    if (kind == AsciiKind::space) {
      close();
      is_behind_space = true;
      continue;
    }
    if (is_behind_space && !plain_.empty()) plain_ += ' ';
    is_behind_space = false;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    plain_ += c;
    if (kind == AsciiKind::word) bare_ += c;
  }
  close();
}

void Fingerprinter::split(std::string_view text) {
  const std::string folded = normal_form(valid_utf8(text), NormalForm::plain_folded);
  for (const std::string_view part : split_at_spaces(folded)) {
    if (!plain_.empty()) plain_ += ' ';
    plain_ += part;
  }
  for (std::size_t at = 0; at < plain_.size();) {
    const std::size_t begin = at;
    if (!is_punctuation(next_code_point(plain_, at))) bare_.append(plain_, begin, at - begin);
  }
  for (const std::string_view word : split_into_words(bare_)) words_.push_back(hash_of(word));
}

void Fingerprinter::hash_runs() {
  const auto runs = [&](std::size_t length, std::vector<std::uint64_t>& hashes) {
    hashes.clear();
    for (std::size_t i = 0; i + length <= words_.size(); ++i)
      hashes.push_back(XXH3_64bits(&words_[i], length * sizeof words_[i]));
  };
  runs(static_cast<std::size_t>(rule_.ngram), result_.ngrams);
  runs(static_cast<std::size_t>(rule_.shingle), result_.shingles);
  if (result_.shingles.empty() && !words_.empty())
    result_.shingles.push_back(XXH3_64bits(words_.data(), words_.size() * sizeof words_[0]));
}

const Fingerprint& Fingerprinter::of(std::string_view text) {
  plain_.clear();
  bare_.clear();
  words_.clear();
  is_ascii(text) ? split_ascii(text) : split(text);
  const XXH128_hash_t whole = XXH3_128bits(plain_.data(), plain_.size());
  result_.whole = {whole.low64, whole.high64};
  hash_runs();
  return result_;
}

}  // namespace modelgate
