// DeLong's comparison of two correlated ROC AUCs.
//
// Method: the AUC is the Mann–Whitney probability that a positive outscores a negative, and its variance
// comes from the structural components V10 (a value for each positive) and V01 (for each negative)
// (DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837). They are read off midranks in O(n log n)
// (Sun & Xu 2014, IEEE Signal Processing Letters 21:1389): the rank of a positive among all minus its rank
// among the positives counts the negatives below it.
//
// Twice the number of examples of the other class below, ties counted once, is a whole number. The areas and
// the sums of squares are therefore exact, in 128 bits, until they are divided: neither the order of the
// examples nor the number of threads is seen, and equal rankings have a variance of exactly 0.
//
// Assumption: examples are independent; the difference is about normal. Limits: about 20 of each class are
// needed; near AUC 1 the bounds are too narrow, and at 1 the variance is 0, which is reported.

#include "gates/statistics/delong.h"

#include <array>
#include <cmath>
#include <mutex>
#include <numeric>

#include "gates/statistics/distributions.h"
#include "gates/statistics/input.h"
#include "gates/statistics/large_pages.h"
#include "gates/statistics/parallel.h"
#include "gates/statistics/value_order.h"

namespace modelgate {

namespace {

__extension__ using Wide = __int128;

constexpr std::size_t rows_worth_a_thread = 50'000, parts = 16;

/// Twice the number of examples of the other class that score less, ties counted once; by example.
std::vector<std::uint32_t> doubled_below(std::span<const double> scores,
                                         std::span<const std::uint8_t> positive, int threads) {
  const std::vector<PlacedRow> order = rising_order(scores, positive, threads);
  std::vector<std::uint32_t> result = many_values<std::uint32_t>(scores.size());
  const auto each_part = [&](const auto& body) {
    in_parallel(threads, parts, [&](std::size_t first, std::size_t last) {
      for (std::size_t part = first; part < last; ++part) body(part);
    });
  };
  // A part takes the groups that begin in it.
  std::array<std::size_t, parts + 1> begins;
  for (std::size_t part = 0; part <= parts; ++part) {
    begins[part] = order.size() * part / parts;
    while (begins[part] > 0 && begins[part] < order.size() &&
           order[begins[part]].group == order[begins[part] - 1].group)
      ++begins[part];
  }
  std::array<std::uint32_t, parts> positives_in{};
  each_part([&](std::size_t part) {
    for (std::size_t i = begins[part]; i < begins[part + 1]; ++i) positives_in[part] += order[i].mark;
  });
  each_part([&](std::size_t part) {
    std::uint32_t positives = std::accumulate(positives_in.begin(), positives_in.begin() + part, 0u);
    std::uint32_t negatives = static_cast<std::uint32_t>(begins[part]) - positives;
    for (std::size_t begin = begins[part], end = begin; begin < begins[part + 1]; begin = end) {
      std::uint32_t tied_positives = 0;
      for (; end < order.size() && order[end].group == order[begin].group; ++end)
        tied_positives += order[end].mark;
      const std::uint32_t tied_negatives = static_cast<std::uint32_t>(end - begin) - tied_positives;
      const std::uint32_t of_positive = 2 * negatives + tied_negatives,
                          of_negative = 2 * positives + tied_positives;
      for (std::size_t i = begin; i < end; ++i)
        result[order[i].row] = order[i].mark != 0 ? of_positive : of_negative;
      positives += tied_positives;
      negatives += tied_negatives;
    }
  });
  return result;
}

/// Whole numbers of examples of one class, and the variance of their mean.
struct Sums {
  std::int64_t count = 0, sum = 0;
  Wide squares = 0;

  void merge(const Sums& other) {
    count += other.count;
    sum += other.sum;
    squares += other.squares;
  }
  void add(std::int64_t value) {
    ++count;
    sum += value;
    squares += static_cast<Wide>(value) * value;
  }
  /// With the numbers divided by 2·`others`.
  double variance_of_mean(std::int64_t others) const {
    const Wide around_mean = count * squares - static_cast<Wide>(sum) * sum;
    const auto n = static_cast<double>(count), scale = 2 * static_cast<double>(others);
    return static_cast<double>(around_mean) / (n * (n - 1)) / n / (scale * scale);
  }
};

/// Of the first model, the second, and their difference.
struct ClassSums {
  Sums first, second, difference;
  std::int64_t moved = 0;  ///< Examples of which the two differ.

  void add(std::int64_t x, std::int64_t y) {
    first.add(x);
    second.add(y);
    difference.add(x - y);
    moved += x != y;
  }
  void merge(const ClassSums& other) {
    first.merge(other.first);
    second.merge(other.second);
    difference.merge(other.difference);
    moved += other.moved;
  }
};

}  // namespace

double AucComparison::standard_error() const { return std::sqrt(variance); }

bool AucComparison::degenerate() const {
  // Rounding leaves a trace of a variance that is zero; a real one is at least of the order of 1/(m·n)².
  const double cells = static_cast<double>(positives) * static_cast<double>(negatives);
  return !(standard_error() > 1e-3 / cells);
}

Interval AucComparison::bounds(double tail) const {
  require_tail(tail);
  const double half = -normal_quantile(tail) * standard_error();
  return {difference() - half, difference() + half};
}

double AucComparison::p_greater(double delta) const {
  require_value(delta);
  return degenerate() ? 1 : normal_upper((difference() - delta) / standard_error());
}

double AucComparison::p_less(double delta) const {
  require_value(delta);
  return degenerate() ? 1 : normal_lower((difference() - delta) / standard_error());
}

AucComparison delong(std::span<const double> first, std::span<const double> second,
                     const std::vector<bool>& positive, int threads) {
  return delong(first, second, std::vector<std::uint8_t>(positive.begin(), positive.end()), threads);
}

AucComparison delong(std::span<const double> first, std::span<const double> second,
                     std::span<const std::uint8_t> positive, int threads) {
  require_values(first, 4);
  require_values(second, 4);
  require(first.size() == positive.size() && second.size() == positive.size(),
          "there are not two scores and one label for each example");
  AucComparison result;
  for (const std::uint8_t mark : positive) ++(mark != 0 ? result.positives : result.negatives);
  require(result.positives >= 2 && result.negatives >= 2,
          "at least two positives and two negatives are needed");

  // One model after the other, each on all threads: at once they would take twice the memory.
  const int sorting = positive.size() < rows_worth_a_thread ? 1 : threads;
  const std::vector<std::uint32_t> of_first = doubled_below(first, positive, sorting),
                                   of_second = doubled_below(second, positive, sorting);
  ClassSums positives, negatives;
  std::mutex mutex;
  in_parallel(sorting, positive.size(), [&](std::size_t begin, std::size_t end) {
    ClassSums of_positives, of_negatives;
    for (std::size_t i = begin; i < end; ++i)
      (positive[i] != 0 ? of_positives : of_negatives).add(of_first[i], of_second[i]);
    const std::lock_guard lock(mutex);
    positives.merge(of_positives);
    negatives.merge(of_negatives);
  });
  result.positives_moved = positives.moved;
  result.negatives_moved = negatives.moved;

  const double pairs = 2 * static_cast<double>(result.positives) * static_cast<double>(result.negatives);
  result.first = static_cast<double>(positives.first.sum) / pairs;
  result.second = static_cast<double>(positives.second.sum) / pairs;
  const auto variance = [&](Sums ClassSums::*which) {
    return (positives.*which).variance_of_mean(result.negatives) +
           (negatives.*which).variance_of_mean(result.positives);
  };
  result.first_variance = variance(&ClassSums::first);
  result.second_variance = variance(&ClassSums::second);
  result.variance = variance(&ClassSums::difference);
  return result;
}

}  // namespace modelgate
