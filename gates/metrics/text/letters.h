#pragma once

#include <string>
#include <string_view>

namespace modelgate {

/// In lower case by Unicode's full mapping in no particular language, as Python's str.lower has it: İ becomes
/// i with a dot above it, and Σ at the end of a word ς. The locale never matters.
std::u32string lower_case(std::u32string_view text);
std::string lower_case(std::string_view text);

/// Forms in which texts that are to be equal have equal code points (Unicode Standard Annex 15).
enum class NormalForm {
  composed,      ///< NFC: é is one code point, however it was typed.
  compatible,    ///< NFKC: also full-width letters, ligatures, circled digits … as their plain forms.
  folded,        ///< NFC of the full case folding: ß and SS are both ss.
  plain_folded,  ///< NFKC of the full case folding.
};

/// Linear but for sorting the marks of one letter, which is O(n log n).
std::u32string normal_form(std::u32string_view text, NormalForm form);
std::string normal_form(std::string_view text, NormalForm form);

}  // namespace modelgate
