#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace modelgate {

/// The first and the last part of a text of any length, in bounded memory.
class Excerpt {
 public:
  /// Keeps up to `first` bytes of the beginning and between `last` and twice that of the end.
  Excerpt(std::size_t first, std::size_t last) : first_bytes_(first), last_bytes_(last) {}

  void add(std::string_view text);
  void add_line(std::string_view line) {
    add(line);
    add("\n");
  }
  void clear();

  bool empty() const { return first_.empty(); }
  bool was_cut() const { return dropped_ > 0; }
  /// What was kept, without blank lines at its ends; a line in between says how much was left out.
  std::string text() const;

 private:
  std::size_t first_bytes_, last_bytes_;
  std::string first_, last_;
  std::size_t dropped_ = 0;
};

}  // namespace modelgate
