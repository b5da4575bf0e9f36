#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "gates/metrics/text/bleu_tokens.h"
#include "gates/metrics/text/row_counts.h"

namespace modelgate {

struct BleuOptions {
  BleuTokens tokens = BleuTokens::mteval_13a;
  bool lower_case = false;
};

/// "13a", "char", "zh" or "none", as sacrebleu names them.
std::optional<BleuTokens> bleu_tokens_from(std::string_view name);

/// Tokens of the hypothesis, tokens of the reference whose length is closest to it, matches of 1 … 4 tokens,
/// n-grams of 1 … 4 tokens.
using BleuCounts = RowCounts<10>;

/// Of one row. Empty references are no references where others are not empty (sacrebleu's "variable number of
/// references").
BleuCounts bleu_counts(std::string_view hypothesis, std::span<const std::string_view> references,
                       const BleuOptions& options = {});

/// BLEU of 0 … 100 from the sum over all rows, as sacrebleu has it: exponential smoothing, no effective order
/// (so that a corpus without a single run of four tokens has 0). NaN where the references have no token at
/// all.
double bleu_score(const BleuCounts& sum);

}  // namespace modelgate
