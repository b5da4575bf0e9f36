#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "reporters/terminal/terminal.h"
#include "reporters/wording/report_program.h"
#include "schemas/tool/files.h"

namespace {

/// Of the terminal that stdout is, or a width that CI logs and pagers show well.
std::size_t width_of_stdout() {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 100;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace modelgate;
  std::int64_t width = 0;
  std::string colour = "auto";
  bool all = false;
  return run_reporter(
      argc, argv,
      {"modelgate-report-terminal", "Shows a verdict as a table for people.",
       "modelgate-report-terminal gate-results/verdict.json\n"
       "modelgate-report-terminal gate-results/verdict.json --all --color always | less -R"},
      [&](OptionSet& options) {
        options.integer("width", width, 0, static_cast<std::int64_t>(widest_table), "COLUMNS",
                        "No line is longer (default: the terminal's width, or 100; at least 40)");
        options.choice("color", colour, {"auto", "always", "never"},
                       "Colours (default: auto, on a terminal without NO_COLOR)");
        options.flag("all", all, "Every check in a row of its own, with its sentence");
      },
      [&](const Verdict& verdict, bool to_file) {
        TerminalStyle style;
        style.width = width > 0 ? static_cast<std::size_t>(width) : to_file ? 100 : width_of_stdout();
        style.colour =
            colour == "always" || (colour == "auto" && !to_file && is_lively_terminal(STDOUT_FILENO));
        style.all = all;
        return terminal_text(verdict, style);
      });
}
