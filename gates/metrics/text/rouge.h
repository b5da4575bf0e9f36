#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace modelgate {

/// How ROUGE finds words.
enum class RougeTokens {
  ascii,       ///< The default, as rouge_score: runs of a-z and 0-9 in lower case, and nothing else.
  words,       ///< Runs of letters, marks and numbers of any script, folded, in NFKC; Chinese by characters.
  characters,  ///< Every character but white space, folded, in NFKC.
};

/// "ascii", "words" or "characters".
std::optional<RougeTokens> rouge_tokens_from(std::string_view name);

/// Of 0 … 1. All NaN where no reference has a token (which a Chinese one has not with ascii): nothing can be
/// said then, and 0 would look like an answer.
struct RougeScore {
  double precision = 0, recall = 0, f_measure = 0;
};

/// The values of one row, of the reference with the best F-measure, the first of equal ones; a corpus has the
/// mean over its rows.
RougeScore rouge_l(std::string_view hypothesis, std::span<const std::string_view> references,
                   RougeTokens tokens = RougeTokens::ascii);

/// ROUGE-1, ROUGE-2 and so on. NaN also where the references are shorter than one n-gram. An order below 1
/// throws std::invalid_argument.
RougeScore rouge_n(std::string_view hypothesis, std::span<const std::string_view> references, int order,
                   RougeTokens tokens = RougeTokens::ascii);

}  // namespace modelgate
