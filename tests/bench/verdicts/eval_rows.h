#pragma once

#include <cstdint>

#include "gates/quality/rows/answers.h"
#include "gates/statistics/random.h"

namespace modelgate {

/// The baseline is right on 70 % of the rows, and 10 % of them only one of the two models answers rightly.
inline constexpr double eval_accuracy = 0.7, eval_discordant = 0.1;

/// Rows that both, only the baseline, only the candidate, and neither answered right.
struct EvalTable {
  std::int64_t both = 0, lost = 0, gained = 0, neither = 0;

  std::int64_t rows() const { return both + lost + gained + neither; }
  auto operator<=>(const EvalTable&) const = default;
};

/// Draws further rows until there are so many; the candidate is worse by `drop`, a fraction.
void draw_rows(RandomStream& random, double drop, std::int64_t until, EvalTable& table);

/// The table as the quality gate reads it: of two classes, in the order of its fields.
Answers answers_of(const EvalTable& table);

}  // namespace modelgate
