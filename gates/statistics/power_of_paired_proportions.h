#pragma once

#include <cstdint>
#include <optional>

namespace modelgate {

/// What is asked about two models that answer the same rows. Effects are drops: the share of rows that the
/// first gets right less that of the second. See power_search.h for what the functions answer.
struct PairedDesign {
  double margin = 0;  ///< The drop that is tolerated, in (−1, 1).
  /// The share of rows that one of the two alone gets right. A drop needs as many rows at least; where it is
  /// larger than the share, it takes the share's place.
  double discordant = 0;
  double tail = 0.05;
};

/// Tango's score test (tango_p_greater, tango_p_less).
double tango_power(std::int64_t rows, double drop, const PairedDesign& design);
std::optional<std::int64_t> tango_needed(double drop, const PairedDesign& design, double power);
double tango_detectable(std::int64_t rows, const PairedDesign& design, double power);
/// The smallest margin that `rows` prove for this drop with this power; design.margin is not used. At most 1;
/// infinite if they prove none.
double tango_margin(std::int64_t rows, double drop, const PairedDesign& design, double power);

/// The mid-p McNemar test, two-sided at 2·tail, finding the difference on its side; the margin must be 0.
double mcnemar_power(std::int64_t rows, double drop, const PairedDesign& design);
std::optional<std::int64_t> mcnemar_needed(double drop, const PairedDesign& design, double power);
double mcnemar_detectable(std::int64_t rows, const PairedDesign& design, double power);

}  // namespace modelgate
