#include <filesystem>

#include "reporters/explain/addresses.h"
#include "reporters/explain/explanation.h"
#include "reporters/wording/report_program.h"
#include "reporters/wording/terminal_options.h"

namespace {

using namespace modelgate;

VerdictFile file_of(const std::string& path) {
  std::error_code ignored;
  return {path, std::filesystem::is_directory(std::filesystem::path(path).parent_path() / "logs", ignored)};
}

}  // namespace

int main(int argc, char** argv) {
  TerminalOptions terminal(80);
  std::string name;
  bool json = false;
  return run_reporter(
      argc, argv,
      {"modelgate-report-explain",
       "Explains a verdict, or one check of it, in plain words: what was measured, by which rule, why it "
       "says what it says, and what to do next.",
       "modelgate-report-explain gate-results/verdict.json\nmodelgate-report-explain "
       "gate-results/verdict.json 'quality/accuracy[lang=zh]'"},
      [&](OptionSet& options) {
        options.positional(
            "check", name,
            "A check: its name, gate/name, or gate/name[lang=zh] as waivers write it (default: the whole "
            "verdict)",
            Need::optional);
        options.flag("json", json, "As JSON, for programs");
        terminal.declare(options);
      },
      [&](const Verdict& verdict, const std::string& path, bool to_file) {
        const Check* check = name.empty() ? nullptr : &check_called(verdict, name);
        const Explanation explanation = check == nullptr ? explain_verdict(verdict, file_of(path))
                                                         : explain_check(verdict, *check, file_of(path));
        return json ? explanation_json(explanation, verdict, check)
                    : explanation_text(explanation, terminal.width(to_file), terminal.colour(to_file));
      });
}
