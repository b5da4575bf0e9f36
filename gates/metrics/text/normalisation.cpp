// Declared normalisation of texts, and exact match.
//
// "squad" is normalize_answer of SQuAD's evaluation script (Rajpurkar et al. 2016, EMNLP): lower case, then
// without string.punctuation, then "a", "an" and "the" as whole words replaced by a blank (a word is a run of
// \w, which in Python are letters, numbers and the underscore), then single blanks.
//
// Limits of "squad", kept so that scores are those of the script: only ASCII punctuation goes, so that "。"
// or "«" stays (`punctuation` takes it out); "don't" becomes "dont"; and an "a" whose accent is a code point
// of its own is an article (`nfkc` puts it together first).

#include "gates/metrics/text/normalisation.h"

#include <algorithm>

#include "gates/metrics/text/letters.h"
#include "gates/metrics/text/unicode.h"

namespace modelgate {

namespace {

/// A word character of Python's regular expressions.
bool is_word(char32_t code_point) {
  if (code_point < 0x80) {
    return (code_point >= '0' && code_point <= '9') || (code_point >= 'a' && code_point <= 'z') ||
           (code_point >= 'A' && code_point <= 'Z') || code_point == '_';
  }
  return is_letter(code_point) || is_number(code_point);
}

template <typename Drop>
std::string without(std::string_view text, Drop drop) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (!drop(next_code_point(text, at))) result.append(text, begin, at - begin);
  }
  return result;
}

std::string without_articles(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::size_t word = 0;
  const auto close = [&](std::size_t end) {
    const std::string_view run = text.substr(word, end - word);
    const bool article = run == "a" || run == "an" || run == "the";
    result += article ? std::string_view(" ") : run;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (is_word(next_code_point(text, at))) continue;
    close(begin);
    result.append(text, begin, at - begin);
    word = at;
  }
  close(text.size());
  return result;
}

std::string with_single_blanks(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const std::string_view part : split_at_spaces(text)) {
    if (!result.empty()) result += ' ';
    result += part;
  }
  return result;
}

std::string squad_normalised(std::string_view text) {
  return with_single_blanks(without_articles(without(lower_case(text), is_ascii_punctuation)));
}

}  // namespace

std::optional<Normalisation> normalisation_from(std::string_view names) {
  Normalisation result;
  if (names == "none") return result;
  for (std::size_t begin = 0; begin <= names.size();) {
    const std::size_t end = std::min(names.find('+', begin), names.size());
    const std::string_view name = names.substr(begin, end - begin);
    if (name == "nfkc") {
      result.nfkc = true;
    } else if (name == "casefold") {
      result.casefold = true;
    } else if (name == "punctuation") {
      result.punctuation = true;
    } else if (name == "squad") {
      result.squad = true;
    } else if (name == "trim") {
      result.trim = true;
    } else {
      return std::nullopt;
    }
    begin = end + 1;
  }
  return result;
}

std::string normalised(std::string_view text, const Normalisation& normalisation) {
  if (normalisation == Normalisation{}) return std::string(text);
  std::string result = valid_utf8(text);
  if (normalisation.nfkc || normalisation.casefold) {
    const NormalForm form = !normalisation.casefold ? NormalForm::compatible
                            : normalisation.nfkc    ? NormalForm::plain_folded
                                                    : NormalForm::folded;
    result = normal_form(result, form);
  }
  if (normalisation.punctuation) result = without(result, is_punctuation);
  if (normalisation.squad) result = squad_normalised(result);
  if (normalisation.trim) result = trimmed(result);
  return result;
}

bool exact_match(std::string_view hypothesis, std::span<const std::string_view> references,
                 const Normalisation& normalisation) {
  const std::string wanted = normalised(hypothesis, normalisation);
  return std::any_of(references.begin(), references.end(), [&](std::string_view reference) {
    return normalised(reference, normalisation) == wanted;
  });
}

}  // namespace modelgate
