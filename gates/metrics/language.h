#pragma once

#include <cstdint>
#include <span>

#include "gates/statistics/t_interval.h"

namespace modelgate {

/// e to the mean negative log-likelihood of a token, from sums over all documents (nats). Infinite where that
/// is beyond the largest double. At least one token (std::invalid_argument).
double perplexity(double nll, std::int64_t tokens);
/// The mean negative log-likelihood of a byte, in bits: comparable between models with other tokens. At least
/// one byte.
double bits_per_byte(double nll, std::int64_t bytes);

/// A ratio of sums over documents, Σ values/Σ sizes, with its standard error and Student's t. Documents (or
/// clusters of them, by number) are the unit; sizes are not negative and not all 0. Their order changes no
/// bit. At least two units. With NLL and tokens it is the mean NLL of a token, whose e-th power is the
/// perplexity; with bytes, bits per byte times ln 2.
StudentEstimate ratio_of_sums(std::span<const double> values, std::span<const std::int64_t> sizes,
                              std::span<const std::int64_t> cluster = {});

/// The difference of two models in the mean NLL of a token, Δ = Σ(first − second)/ΣT: the logarithm of the
/// ratio of their perplexities. Positive: the first is worse. Both must count the same tokens.
StudentEstimate nll_difference(std::span<const double> first, std::span<const double> second,
                               std::span<const std::int64_t> tokens,
                               std::span<const std::int64_t> cluster = {});

}  // namespace modelgate
