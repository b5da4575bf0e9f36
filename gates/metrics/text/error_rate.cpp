// Word and character error rate.
//
// Method: the edits that make the reference of the hypothesis, over the length of the reference, both summed
// over rows before they are divided (as NIST's sclite counts, and jiwer). A row with an empty reference adds
// its insertions and no length. Texts are put into NFC first, so that é counts as one character however it
// was typed, and equals itself.
//
// Limits: a character is a code point. A flag or a family of emoji is several, and so is a consonant with its
// vowel sign in Devanagari.

#include "gates/metrics/text/error_rate.h"

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "gates/metrics/text/edit_distance.h"
#include "gates/metrics/text/letters.h"
#include "gates/metrics/text/unicode.h"

namespace modelgate {

namespace {

ErrorCounts errors_of(const std::vector<Symbols>& texts) {
  return {edit_distance(texts[0], texts[1]), static_cast<std::int64_t>(texts[1].size())};
}

}  // namespace

ErrorCounts word_errors(std::string_view hypothesis, std::string_view reference,
                        const Normalisation& normalisation) {
  const auto prepared = [&](std::string_view text) {
    return normal_form(normalised(text, normalisation), NormalForm::composed);
  };
  const std::array texts = {prepared(hypothesis), prepared(reference)};
  const std::array words = {split_into_words(texts[0]), split_into_words(texts[1])};
  return errors_of(number_words(words));
}

ErrorCounts character_errors(std::string_view hypothesis, std::string_view reference,
                             const Normalisation& normalisation) {
  const auto prepared = [&](std::string_view text) {
    return normal_form(decode_utf8(normalised(text, normalisation)), NormalForm::composed);
  };
  const std::array texts = {prepared(hypothesis), prepared(reference)};
  return errors_of(number_characters(texts));
}

double error_rate(const ErrorCounts& sum) {
  if (!(sum[1] > 0)) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(sum[0]) / static_cast<double>(sum[1]);
}

}  // namespace modelgate
