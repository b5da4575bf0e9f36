#pragma once

#include <string>
#include <vector>

namespace modelgate {

/// The same short work, timed between pairs: what it takes tells how steady the machine itself is.
class ReferenceLoop {
 public:
  ReferenceLoop();

  /// Does the work once, about a millisecond of it.
  void run();
  const std::vector<double>& seconds() const { return seconds_; }
  /// "a reference loop between the pairs took 0.97 ms, give or take 1.3 % (0.95 to 1.21 ms)"; empty where it
  /// ran less than twice.
  std::string note() const;

 private:
  std::vector<unsigned> memory_;
  std::vector<double> seconds_;
};

}  // namespace modelgate
