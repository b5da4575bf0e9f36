#include "reporters/wording/terminal_options.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "schemas/tool/files.h"

namespace modelgate {

void TerminalOptions::declare(OptionSet& options) {
  options.integer("width", asked_width_, 0, static_cast<std::int64_t>(widest_terminal), "COLUMNS",
                  "No line is longer (default: the terminal's width, or " + std::to_string(width_elsewhere_) +
                      "; at least 40)");
  options.choice("color", asked_colour_, {"auto", "always", "never"},
                 "Colours (default: auto, on a terminal without NO_COLOR)");
}

std::size_t TerminalOptions::width(bool to_file) const {
  winsize size{};
  const bool is_terminal = !to_file && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  const std::size_t width = asked_width_ > 0 ? static_cast<std::size_t>(asked_width_)
                            : is_terminal    ? size.ws_col
                                             : width_elsewhere_;
  return std::clamp(width, narrowest_terminal, widest_terminal);
}

bool TerminalOptions::colour(bool to_file) const {
  return asked_colour_ == "always" ||
         (asked_colour_ == "auto" && !to_file && is_lively_terminal(STDOUT_FILENO));
}

}  // namespace modelgate
