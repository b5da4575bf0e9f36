#pragma once

#include <functional>
#include <string>

namespace modelgate {

/// Tells people at a terminal how far long work is: a line on stderr that is written over, after two seconds
/// and then five times a second at most, and that is gone at the end. Silent where stderr is no terminal or
/// NO_COLOR is set. Call from one thread at a time.
class Progress {
 public:
  /// `what` is done: "reading new.jsonl".
  explicit Progress(const std::string& what);
  /// With another clock, in seconds, and another place to write to.
  Progress(const std::string& what, std::function<double()> clock,
           std::function<void(const std::string& text)> write);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// This share of it is done, in [0, 1]; any other number if that is not known.
  void at(double share);

 private:
  std::string what_;
  std::function<double()> clock_;
  std::function<void(const std::string&)> write_;  ///< None where nobody looks.
  double begin_ = 0, next_ = 0;
  bool is_shown_ = false;
};

}  // namespace modelgate
