// Lower case and normal forms.
//
// Lower case is the simple mapping of utf8proc, with the two exceptions of Unicode's SpecialCasing.txt that
// hold in every language: U+0130, and the final sigma. A Σ is final where a cased letter comes before it and
// none after it, looking past what is "case-ignorable" (Unicode Standard, chapter 3.13, table 3-17).
//
// A normal form is made as Annex 15 says: decompose every code point, put each run of marks into the order of
// their combining classes, compose. Case is folded between two decompositions (chapter 3.13, D145), which
// matters for the Greek iota below. Decomposing and composing are utf8proc's, the sorting is not: its
// exchange sort takes quadratic time for a letter with very many marks, which is what somebody sends who
// wants to keep a gate busy.
//
// Limits: no language is known, so that Turkish I and ı, and i and İ, differ in case as they do elsewhere: I
// is i.

#include "gates/metrics/text/letters.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "gates/metrics/text/unicode.h"

namespace modelgate {

namespace {

constexpr char32_t kDottedI = 0x130, kCapitalSigma = 0x3A3, kSigma = 0x3C3, kFinalSigma = 0x3C2;

bool is_case_ignorable(char32_t code_point) {
  // The Word_Break values MidLetter, MidNumLet and Single_Quote (Annex 29).
  static constexpr std::u32string_view inside_words =
      U"':.\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";
  if (inside_words.find(code_point) != std::u32string_view::npos) return true;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      return false;
  }
}

bool is_cased(char32_t code_point) {
  const auto as_number = static_cast<utf8proc_int32_t>(code_point);
  const auto is = utf8proc_category(as_number);
  return is == UTF8PROC_CATEGORY_LU || is == UTF8PROC_CATEGORY_LL || is == UTF8PROC_CATEGORY_LT ||
         utf8proc_islower(as_number) || utf8proc_isupper(as_number);
}

/// Whether the Σ at this place ends a word. `after_letter`: a cased letter comes before it.
bool ends_word(std::u32string_view text, std::size_t at, bool after_letter) {
  if (!after_letter) return false;
  for (++at; at < text.size(); ++at) {
    if (is_case_ignorable(text[at])) continue;
    return !is_cased(text[at]);
  }
  return true;
}

/// Nothing below U+0300 and no common Chinese character changes by composing.
bool is_composed_already(char32_t code_point) {
  return code_point < 0x300 || (code_point >= 0x4E00 && code_point <= 0x9FFF);
}

int combining_class(char32_t code_point) {
  return utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point))->combining_class;
}

/// Puts each run of marks into the order of their classes; equal ones stay in the order in which they came.
void sort_marks(std::vector<utf8proc_int32_t>& text) {
  const auto class_of = [](utf8proc_int32_t code_point) {
    return combining_class(static_cast<char32_t>(code_point));
  };
  for (std::size_t at = 0; at < text.size();) {
    if (class_of(text[at]) == 0) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && class_of(text[end]) != 0) ++end;
    if (end - at > 1) {
      std::stable_sort(text.begin() + static_cast<std::ptrdiff_t>(at),
                       text.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](auto a, auto b) { return class_of(a) < class_of(b); });
    }
    at = end;
  }
}

/// Decomposed, with sorted marks.
std::vector<utf8proc_int32_t> decomposed(std::span<const utf8proc_int32_t> text, int options) {
  std::vector<utf8proc_int32_t> result;
  result.reserve(text.size() + text.size() / 4);
  // The longest decomposition is that of U+FDFA, with 18 code points.
  std::array<utf8proc_int32_t, 32> parts{};
  int boundary = 0;
  for (const utf8proc_int32_t code_point : text) {
    const auto count =
        utf8proc_decompose_char(code_point, parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
                                static_cast<utf8proc_option_t>(options), &boundary);
    if (count < 0 || count > static_cast<utf8proc_ssize_t>(parts.size())) {
      result.push_back(code_point);
    } else {
      result.insert(result.end(), parts.begin(), parts.begin() + count);
    }
  }
  sort_marks(result);
  return result;
}

}  // namespace

std::u32string lower_case(std::u32string_view text) {
  std::u32string result;
  result.reserve(text.size());
  bool after_letter = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t code_point = text[i];
    if (code_point < 0x80) {
      const bool upper = code_point >= 'A' && code_point <= 'Z';
      result += upper ? code_point + ('a' - 'A') : code_point;
      if (upper || (code_point >= 'a' && code_point <= 'z')) {
        after_letter = true;
      } else if (!is_case_ignorable(code_point)) {
        after_letter = false;
      }
      continue;
    }
    if (code_point == kDottedI) {
      result += U"i\u0307";
    } else if (code_point == kCapitalSigma) {
      result += ends_word(text, i, after_letter) ? kFinalSigma : kSigma;
    } else {
      result += static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(code_point)));
    }
    if (is_case_ignorable(code_point)) continue;
    after_letter = is_cased(code_point);
  }
  return result;
}

std::string lower_case(std::string_view text) {
  if (!is_ascii(text)) return encode_utf8(lower_case(std::u32string_view(decode_utf8(text))));
  std::string result(text);
  for (char& character : result) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character + ('a' - 'A'));
  }
  return result;
}

std::u32string normal_form(std::u32string_view text, NormalForm form) {
  if (form == NormalForm::composed && std::all_of(text.begin(), text.end(), is_composed_already)) {
    return std::u32string(text);
  }
  const bool folded = form == NormalForm::folded || form == NormalForm::plain_folded;
  const bool compatible = form == NormalForm::compatible || form == NormalForm::plain_folded;
  const int options = UTF8PROC_DECOMPOSE | (compatible ? UTF8PROC_COMPAT : 0);
  std::vector<utf8proc_int32_t> parts(text.begin(), text.end());
  parts = decomposed(parts, options);
  if (folded) parts = decomposed(parts, options | UTF8PROC_CASEFOLD);
  const auto length =
      utf8proc_normalize_utf32(parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
                               static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  parts.resize(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(length, 0)));
  return {parts.begin(), parts.end()};
}

std::string normal_form(std::string_view text, NormalForm form) {
  if (is_ascii(text)) {
    const bool folded = form == NormalForm::folded || form == NormalForm::plain_folded;
    return folded ? lower_case(text) : std::string(text);
  }
  return encode_utf8(normal_form(std::u32string_view(decode_utf8(text)), form));
}

}  // namespace modelgate
