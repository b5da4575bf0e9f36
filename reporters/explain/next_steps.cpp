#include "reporters/explain/next_steps.h"

#include <filesystem>

#include "schemas/documents/check_address.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/shell_word.h"

namespace modelgate {
namespace {

/// Only a suite's verdict is of a plan, whose gates `modelgate run` knows.
bool is_of_a_plan(const Verdict& verdict) { return verdict.gate == "suite"; }

/// Text of a foreign document that may stand in a command: seen as it is, and no option.
bool can_be_typed(const std::string& text) {
  return !text.empty() && text.front() != '-' && is_printable(text);
}

Part paragraph(const std::string& text) { return {Part::Kind::paragraph, text}; }

Part command(const std::vector<std::string>& words) {
  Part part{Part::Kind::command, ""};
  for (const std::string& word : words) part.words.push_back(shell_word(word));
  return part;
}

/// `modelgate run` of one gate, or of all where this one cannot be typed or is none of the plan's.
std::vector<std::string> run_of(const std::string& gate) {
  std::vector<std::string> words = {"modelgate", "run"};
  if (gate != "suite" && can_be_typed(gate)) words.insert(words.end(), {"--only", gate});
  return words;
}

/// A text in YAML's double quotes.
std::string quoted(const std::string& text) {
  std::string all = "\"";
  for (const char c : text) all += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
  return all + "\"";
}

}  // namespace

std::vector<Part> step_parts(NextStep step, const Verdict& verdict, const std::string& gate,
                             const VerdictFile& file) {
  if (!is_of_a_plan(verdict)) return {};
  switch (step) {
    case NextStep::run_again:
      return {paragraph("Then judge this gate again:"), command(run_of(gate))};
    case NextStep::more_data: {
      std::vector<std::string> more = run_of(gate);
      more.insert(more.end(), {"--budget-seconds", "900"});
      return {
          paragraph("Where the plan declares looks, a larger budget measures more of what is open; otherwise "
                    "raise pairs or rows in the plan:"),
          command(more)};
    }
    case NextStep::calibrate:
      return {paragraph("How noisy this machine is, and which margins it can tell:"),
              command({"modelgate", "calibrate", "--runs", "20"})};
    case NextStep::see_doctor:
      return {paragraph("What is missing on this machine:"), command({"modelgate", "doctor"})};
    case NextStep::read_logs: {
      const std::string logs = (std::filesystem::path(file.path).parent_path() / "logs").string();
      if (!file.has_logs || !can_be_typed(logs))
        return {paragraph("Then judge this gate again:"), command(run_of(gate))};
      Part ends_of_logs = command({"tail", "-n", "20", logs});
      ends_of_logs.words.back() += "/*.err";  // behind the quotes, for the shell
      return {paragraph("What the programs said:"), ends_of_logs};
    }
    case NextStep::none:
      break;
  }
  return {};
}

std::vector<Part> explain_check_parts(const Check& check, const VerdictFile& file) {
  const std::string address = address_of(check);
  if (!can_be_typed(address) || !can_be_typed(file.path)) return {};
  return {command({"modelgate", "explain", file.path, address})};
}

std::vector<Part> waiver_parts(const Verdict& verdict, const Check& check) {
  const std::string address = address_of(check);
  if (!is_of_a_plan(verdict) || check.status != Status::fail || !can_be_typed(address)) return {};
  return {paragraph(
              "A failure that is known and accepted is let through by the plan, until the day that it names, "
              "and stays visible:"),
          {Part::Kind::plan, "waivers:"},
          {Part::Kind::plan, "  - {check: " + quoted(address) + ", reason: \"WHY\", until: YEAR-MONTH-DAY}"}};
}

std::vector<Part> release_parts(const Verdict& verdict, const VerdictFile& file) {
  const bool whole = is_of_a_plan(verdict) && verdict.left_out.empty();
  if (!whole || outcome_of(verdict).status != Status::pass) return {};
  const std::string& version = verdict.candidate.version;
  if (!can_be_typed(version) || !can_be_typed(file.path)) return {};
  return {paragraph("To make it the baseline of what comes next, once its files are in the store "
                    "(`modelgate-baseline save`):"),
          command({"modelgate-baseline", "promote", version, "--verdict", file.path})};
}

}  // namespace modelgate
