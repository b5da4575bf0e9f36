#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gates/metrics/text/bleu.h"
#include "gates/metrics/text/chrf.h"
#include "gates/metrics/text/error_rate.h"

namespace modelgate {

/// A row of a test: a hypothesis and its references.
struct TextRow {
  std::string hypothesis;
  std::vector<std::string> references;

  std::vector<std::string_view> views() const { return {references.begin(), references.end()}; }
};

inline BleuCounts bleu_sum(const std::vector<TextRow>& rows, const BleuOptions& options = {}) {
  BleuCounts sum{};
  for (const TextRow& row : rows) add(sum, bleu_counts(row.hypothesis, row.views(), options));
  return sum;
}

inline ChrfCounts chrf_sum(const std::vector<TextRow>& rows, const ChrfOptions& options = {}) {
  ChrfCounts sum{};
  for (const TextRow& row : rows) add(sum, chrf_counts(row.hypothesis, row.views(), options));
  return sum;
}

inline ErrorCounts word_error_sum(const std::vector<TextRow>& rows) {
  ErrorCounts sum{};
  for (const TextRow& row : rows) add(sum, word_errors(row.hypothesis, row.references.front()));
  return sum;
}

inline ErrorCounts character_error_sum(const std::vector<TextRow>& rows) {
  ErrorCounts sum{};
  for (const TextRow& row : rows) add(sum, character_errors(row.hypothesis, row.references.front()));
  return sum;
}

}  // namespace modelgate
