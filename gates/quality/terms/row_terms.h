#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace modelgate {

/// Numbers of each joined row, of either model, of whose sums a metric is a function.
struct RowTerms {
  enum class Kind {
    yes_no,  ///< 1 or 0 a row; the metric is the share of ones.
    mean,    ///< One number a row; the metric is their mean.
    ratio,   ///< A number and a size a row; Σ numbers/Σ sizes. Both models have the same sizes.
    sums     ///< `value` of the sums.
  };
  Kind kind = Kind::mean;
  std::size_t width = 1;  ///< Numbers a row, of sums; also the number of sums, unless rows are sparse.
  /// Row by row, `width` each. That of the baseline is empty in a first release.
  std::vector<double> baseline, candidate;
  std::vector<double> sizes;  ///< Of ratio, by row.
  /// Of sparse rows: to which of the sums the one number of a row is added.
  std::vector<std::uint16_t> baseline_place, candidate_place;
  std::size_t sparse_sums = 0;  ///< How many there are of them; 0: rows are not sparse.
  /// The metric, from the sums and the number of rows. A function of their proportions: twice the rows give
  /// the same. NaN where it is not defined. It is called from several threads at once.
  std::function<double(std::span<const double> sums, double rows)> value;

  bool whole = false;                     ///< The numbers of sums are whole ones.
  std::optional<double> lowest, highest;  ///< Of a term (of ratio: for each unit of size), where it has any.
  std::map<std::string, std::int64_t> n;  ///< What else was counted, for the verdict.
  std::vector<std::string> warnings;
  std::string reason, doubt;  ///< Why nothing can be decided by them, as a code and in words.
  std::string needs;          ///< And what would help.

  std::size_t sums() const { return sparse_sums > 0 ? sparse_sums : width; }
};

}  // namespace modelgate
