#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "schemas/tool/options.h"

namespace modelgate {

inline constexpr std::size_t narrowest_terminal = 40, widest_terminal = 1000;

/// --width and --color of a report that is read on a terminal.
class TerminalOptions {
 public:
  /// `width_elsewhere` columns where stdout is no terminal.
  explicit TerminalOptions(std::size_t width_elsewhere) : width_elsewhere_(width_elsewhere) {}
  void declare(OptionSet& options);

  /// Of the terminal, or what was asked for: 40 to 1000.
  std::size_t width(bool to_file) const;
  /// Whether to colour: as asked for, or on a terminal that takes colours, without NO_COLOR.
  bool colour(bool to_file) const;

 private:
  std::size_t width_elsewhere_;
  std::int64_t asked_width_ = 0;
  std::string asked_colour_ = "auto";
};

}  // namespace modelgate
