#include "reporters/terminal/terminal.h"
#include "reporters/wording/report_program.h"
#include "reporters/wording/terminal_options.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  TerminalOptions terminal(100);  // CI logs and pagers show that well
  bool all = false;
  return run_reporter(
      argc, argv,
      {"modelgate-report-terminal", "Shows a verdict as a table for people.",
       "modelgate-report-terminal gate-results/verdict.json\n"
       "modelgate-report-terminal gate-results/verdict.json --all --color always | less -R"},
      [&](OptionSet& options) {
        terminal.declare(options);
        options.flag("all", all, "Every check in a row of its own, with its sentence");
      },
      [&](const Verdict& verdict, bool to_file) {
        return terminal_text(verdict, {terminal.width(to_file), terminal.colour(to_file), all});
      });
}
