#pragma once

#include <cstdint>
#include <vector>

namespace modelgate {

/// How long a warm-up may take. No calls at all where `least_calls` is 0.
struct WarmUpBounds {
  std::int64_t least_calls = 5;
  double most_seconds = 1;  ///< Once the least calls are made.
};

/// Tells from the times of calls when they have become steady. Calls are taken in windows of three or more
/// calls that last 5 ms or more. They are steady once they have stopped falling: the medians of the last two
/// windows lie no more than 2 % below the lowest of all windows before these.
class WarmUp {
 public:
  explicit WarmUp(const WarmUpBounds& bounds) : bounds_(bounds) {}

  /// Another call is needed: the least calls are not made, or they are not steady and within the bounds.
  bool goes_on() const;
  void add(double seconds);

  std::int64_t calls() const { return calls_; }
  double seconds() const { return seconds_; }
  bool is_steady() const { return is_steady_; }

 private:
  void end_window();

  WarmUpBounds bounds_;
  std::int64_t calls_ = 0;
  double seconds_ = 0, window_seconds_ = 0;
  std::vector<double> window_;
  std::vector<double> medians_;  // of the last two windows
  double lowest_ = 0;            // of those before them; 0: there are none
  bool is_steady_ = false;
};

}  // namespace modelgate
