#pragma once

#include <cstdint>
#include <string>

#include "gates/performance/choice.h"
#include "gates/performance/comparison.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// A check of this series that is not decided yet. `verdict` brings the gate's name.
Check new_check(const SeriesKey& key, const Verdict& verdict);

/// The check as one that could not be judged.
Check error_check(Check check, const std::string& reason, const std::string& sentence,
                  const std::string& needs);

/// Puts the numbers of a comparison into a check. `margin` as a share (0.1 for 10 %), `tail` of the bounds.
void add_numbers(Check& check, const Comparison& result, const SampleSeries& baseline,
                 const SampleSeries& candidate, double margin, double tail);

/// Puts reason, sentence and needs into a check whose numbers and status are there.
void word_decision(Check& check, const Comparison& result, const ComparisonRule& rule,
                   std::int64_t minimum_pairs);

/// As many units as the demands and the first look ask for.
bool are_enough(const Comparison& result, const ComparisonRule& rule, std::int64_t minimum_pairs);

/// The geometric mean over processes.
double geometric_mean(const SampleSeries& series);

/// "3.89 µs", "1.2 s", "512 bytes".
std::string amount_text(double value, const std::string& unit);

}  // namespace modelgate
