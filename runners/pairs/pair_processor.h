#pragma once

#include <cstdint>
#include <vector>

namespace modelgate {

/// Runs both processes of a pair on one processor, another for each pair: processors of one machine differ
/// (by their clocks, and by what their neighbours do), and that difference is no difference of the subjects.
/// Not for programs that use several processors at once. As long as this lives, our own process and what it
/// starts is bound; afterwards it is free again.
class PairProcessor {
 public:
  PairProcessor();
  ~PairProcessor();
  PairProcessor(const PairProcessor&) = delete;
  PairProcessor& operator=(const PairProcessor&) = delete;

  /// Binds what is started from now on to the processor of this pair. Where that is not allowed, nothing is
  /// bound.
  void bind(std::int64_t pair);
  /// How many processors take turns.
  std::size_t processors() const { return allowed_.size(); }

 private:
  std::vector<int> allowed_;
};

}  // namespace modelgate
