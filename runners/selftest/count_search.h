#pragma once

#include <cstdint>
#include <optional>

namespace modelgate {

/// Finds by trying how many rows must be answered wrong until a metric has become worse by what is wanted.
/// How the metric is computed need not be known, only that more wrong answers do not make it better.
class CountSearch {
 public:
  enum class Aim {
    at_least,  ///< The smallest count that makes it at least so much worse.
    at_most    ///< The largest count that makes it at most so much worse.
  };

  /// `now` is the badness with none, `at_worst` a guess of that with all of `most`, `wanted` what is aimed
  /// at. A count that comes within a twentieth of the way is good enough.
  CountSearch(Aim aim, std::int64_t most, double now, double at_worst, double wanted);

  /// The count to try next; nothing: the search is over.
  std::optional<std::int64_t> next() const;
  /// What trying it gave; without a value there is nothing to steer by, and the search is over.
  void tell(std::int64_t count, std::optional<double> badness);

  /// The best count so far.
  std::int64_t found() const { return aim_ == Aim::at_least ? high_ : low_; }

 private:
  bool is_near(double badness) const;

  Aim aim_;
  std::int64_t low_ = 0, high_;  // badness is below what is wanted at low_, and (it is hoped) not at high_
  double at_low_, at_high_, start_, wanted_;
  bool is_high_tried_ = false, over_ = false;
  int tries_ = 0;
};

}  // namespace modelgate
