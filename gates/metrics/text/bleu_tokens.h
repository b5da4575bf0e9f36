#pragma once

#include <string>
#include <string_view>

namespace modelgate {

/// How BLEU finds words; the names are those of sacrebleu.
enum class BleuTokens {
  mteval_13a,  ///< "13a", the default: as NIST's mteval-v13a.pl, for languages that put blanks between words.
  characters,  ///< "char": every character.
  chinese,     ///< "zh": Chinese characters, and 13a for the rest.
  blanks,      ///< "none": what lies between blanks; for texts that are tokenised already.
};

/// The text with blanks between its tokens. It must be valid UTF-8.
std::string bleu_tokenised(std::string_view text, BleuTokens tokens);

}  // namespace modelgate
