// The order of rows by score.
//
// One sort by radix (value_order.h), and one pass from the highest score down. Groups of negatives between
// two positives need no entry: where they lie a ROC curve is level, and precision only falls.

#include "gates/metrics/score_order.h"

#include <algorithm>

#include "gates/statistics/input.h"
#include "gates/statistics/large_pages.h"

namespace modelgate {

ScoreOrder::ScoreOrder(std::span<const double> scores, std::span<const std::uint8_t> positive,
                       std::span<const std::uint32_t> units, int threads) {
  require(scores.size() == positive.size(), "there is not one label for each score");
  place(rising_order(scores, positive, threads), units);
}

ScoreOrder::ScoreOrder(std::span<const PlacedRow> rising, std::span<const std::uint32_t> units) {
  place(rising, units);
}

void ScoreOrder::place(std::span<const PlacedRow> rising, std::span<const std::uint32_t> units) {
  require(units.empty() || units.size() == rising.size(), "there is not one unit for each row");
  const auto positives = static_cast<std::size_t>(
      std::count_if(rising.begin(), rising.end(), [](const PlacedRow& row) { return row.mark != 0; }));
  reserve_many(positive_units_, positives);
  reserve_many(negative_units_, rising.size() - positives);
  for (std::size_t last = rising.size(); last > 0;) {
    const std::uint32_t group = rising[last - 1].group;
    const auto above = static_cast<std::uint32_t>(negative_units_.size());
    const std::size_t positives_above = positive_units_.size();
    for (; last > 0 && rising[last - 1].group == group; --last) {
      const PlacedRow& row = rising[last - 1];
      const std::uint32_t unit = units.empty() ? row.row : units[row.row];
      units_ = std::max<std::size_t>(units_, std::size_t{unit} + 1);
      (row.mark != 0 ? positive_units_ : negative_units_).push_back(unit);
    }
    if (positive_units_.size() == positives_above) continue;
    end_.push_back(static_cast<std::uint32_t>(positive_units_.size()));
    above_.push_back(above);
    through_.push_back(static_cast<std::uint32_t>(negative_units_.size()));
  }
}

}  // namespace modelgate
