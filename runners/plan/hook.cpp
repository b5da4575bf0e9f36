#include "runners/plan/hook.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <map>
#include <optional>

#include "runners/plan/programs.h"
#include "runners/plan/run.h"
#include "runners/plan/undertaking.h"
#include "runners/revision/repository.h"
#include "runners/revision/working_copy.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

// By which a hook is known to be ours.
constexpr char mark[] = "# Written by `modelgate hook install`; `modelgate hook remove` takes it away.";
constexpr std::uintmax_t most_bytes = 1 << 20;

struct Place {
  fs::path root, plan, hook;
};

Place place_of(const HookOptions& options) {
  Place place;
  place.plan = fs::absolute(options.plan).lexically_normal();
  plan_at(options.plan);  // or what is wrong with it
  const WorkingCopyPlace copy = working_copy_place(place.plan.parent_path());
  if (copy.system != VersionControl::git)
    throw usage_error(options.plan, "does not lie in a Git working copy, and only Git has such hooks",
                      "`modelgate run --only unit` does the same by hand.");
  place.root = copy.root;
  place.hook = hooks_folder(copy.root) / "pre-push";
  return place;
}

bool is_there(const fs::path& path) {
  std::error_code failure;
  return fs::symlink_status(path, failure).type() != fs::file_type::not_found;
}

bool is_ours(const fs::path& hook) {
  std::error_code failure;
  if (!fs::is_regular_file(fs::symlink_status(hook, failure))) return false;
  return read_file(hook, most_bytes).find(mark) != std::string::npos;
}

/// Where `modelgate` is found when the hook runs: in the PATH, or where this one lies.
std::string script_for(const Place& place) {
  const fs::path program = require_program("modelgate");
  const std::string plan = place.plan.lexically_relative(place.root).string();
  return std::string("#!/bin/sh\n") + mark +
         "\n# What changed is judged before it is pushed; `git push --no-verify` pushes it without.\n"
         "PATH=\"$PATH\":" +
         shell_line({program.parent_path().string()}) +
         "\nif ! command -v modelgate >/dev/null; then\n"
         "  echo 'pre-push: modelgate is not installed any more. Remove this hook, or push by git push "
         "--no-verify:' >&2\n"
         "  echo \"  $0\" >&2\n"
         "  exit 4\n"
         "fi\n"
         "exec " +
         shell_line({"modelgate", "hook", "run", "--plan", plan}) + "\n";
}

/// What Git says on our standard input: lines "local-ref local-object remote-ref remote-object".
struct Pushed {
  bool anything = true;
  std::vector<std::string> objects;  ///< Of the local refs, without those that are removed.
};

Pushed pushed_by(std::istream& lines) {
  Pushed pushed;
  bool is_said = false;
  std::string line;
  for (int count = 0; count < 100'000 && std::getline(lines, line); ++count) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) continue;
    const std::string object = line.substr(space + 1, line.find(' ', space + 1) - space - 1);
    is_said = true;
    // A branch that is removed has zeros for its object.
    if (object.find_first_not_of('0') != std::string::npos) pushed.objects.push_back(object);
  }
  // Without any line the hook was called by hand; what was not read may be anything.
  pushed.anything = !pushed.objects.empty() || !is_said || lines.good();
  return pushed;
}

/// What is judged lies in the working copy, and may be something else than what is pushed.
std::vector<std::string> differences(const fs::path& folder, const std::vector<std::string>& objects) {
  if (objects.empty()) return {};
  const WorkingCopy copy = read_working_copy(folder);
  if (!copy.trouble.empty()) return {};  // which the run says
  std::vector<std::string> notes;
  if (copy.modified)
    notes.push_back(
        "files here are modified and not committed: they are judged as they lie here, not as they are "
        "pushed");
  for (const std::string& object : objects) {
    const std::string commit = commit_meant(copy.root, object);
    if (commit == copy.commit) continue;
    notes.push_back("pushed is " + beginning(object, 12) + ", and " + copy.commit.substr(0, 12) +
                    " is checked out here and judged");
    break;
  }
  return notes;
}

std::vector<std::string> gates_before_push(const Plan& plan) {
  if (!plan.hook.gates.empty()) return plan.hook.gates;
  std::vector<std::string> names;
  for (const PlanGate& gate : plan.gates)
    if (gate.kind == "unit" || gate.kind == "regression") names.push_back(gate.name);
  return names;
}

}  // namespace

void HookOptions::declare(OptionSet& options) {
  options.positional(
      "action", action,
      "install (a pre-push hook; another one is not overwritten), remove, status, or run (what the "
      "hook does)");
  options.offer("action", {"install", "remove", "status", "run"});
  options.text("plan", plan, "FILE", "The plan");
}

ExitCode run_hook_action(const HookOptions& options) {
  static const std::map<std::string, ExitCode (*)(const HookOptions&)> actions = {
      {"install", install_hook}, {"remove", remove_hook}, {"status", show_hook}, {"run", run_hook}};
  const auto action = actions.find(options.action);
  if (action == actions.end()) {
    std::vector<std::string> names;
    for (const auto& [name, function] : actions) names.push_back(name);
    const std::string near = did_you_mean(options.action, names);
    throw usage_error("ACTION", "'" + beginning(options.action) + "' is none of " + listing(names), near);
  }
  return action->second(options);
}

ExitCode install_hook(const HookOptions& options) {
  const Place place = place_of(options);
  const bool again = is_there(place.hook);
  if (again && !is_ours(place.hook))
    throw usage_error(place.hook.string(), "there is a hook already, which stays as it is",
                      "To have both, add this line to it: " +
                          shell_line({"modelgate", "hook", "run", "--plan",
                                      place.plan.lexically_relative(place.root).string()}) +
                          " || exit");
  write_file(place.hook, script_for(place));
  if (::chmod(place.hook.c_str(), 0755) != 0)
    throw infrastructure_error(place.hook.string(), "cannot be made executable");
  const Plan plan = plan_at(options.plan);
  std::string gates;
  for (const std::string& name : gates_before_push(plan)) gates += (gates.empty() ? "" : ", ") + name;
  write_stdout((again ? "renewed " : "installed ") + printable(place.hook.string()) + "\nBefore each push: " +
               (gates.empty()
                    ? "nothing, as the plan has no gate of kind unit or regression; name some in its `hook`"
                    : gates + ", as far as what changed concerns them") +
               ".\n");
  return ExitCode::pass;
}

ExitCode remove_hook(const HookOptions& options) {
  const Place place = place_of(options);
  if (!is_there(place.hook)) {
    write_stdout("there is no hook at " + printable(place.hook.string()) + "\n");
    return ExitCode::pass;
  }
  if (!is_ours(place.hook))
    throw usage_error(place.hook.string(), "is not of `modelgate hook install`, and stays",
                      "If it calls modelgate, take that line out of it.");
  fs::remove(place.hook);
  write_stdout("removed " + printable(place.hook.string()) + "\n");
  return ExitCode::pass;
}

ExitCode show_hook(const HookOptions& options) {
  const Place place = place_of(options);
  const bool ours = is_ours(place.hook);
  write_stdout(printable(place.hook.string()) + (ours                   ? ": installed\n"
                                                 : is_there(place.hook) ? ": another hook\n"
                                                                        : ": not installed\n"));
  return ours ? ExitCode::pass : ExitCode::fail;
}

ExitCode run_hook(const HookOptions& options) {
  const Pushed pushed = ::isatty(0) == 0 ? pushed_by(std::cin) : Pushed{};
  if (!pushed.anything) return ExitCode::pass;
  if (!is_there(options.plan)) {
    // Of a branch from before there was one.
    std::fprintf(stderr, "modelgate: there is no %s here, and nothing is judged\n",
                 printable(options.plan).c_str());
    return ExitCode::pass;
  }
  const Plan plan = plan_at(options.plan);
  RunOptions run;
  run.plan = options.plan;
  run.only = gates_before_push(plan);
  if (run.only.empty()) {
    std::fprintf(stderr, "modelgate: the plan has no gate for before a push, and nothing is judged\n");
    return ExitCode::pass;
  }
  run.changed = run.brief = true;
  run.time_limit_seconds = plan.hook.seconds;
  run.notes = differences(plan.folder, pushed.objects);
  for (const std::string& note : run.notes) std::fprintf(stderr, "modelgate: %s\n", printable(note).c_str());
  run.output = (plan.folder / ".modelgate" / "hook").string();
  const ExitCode code = run_plan(run);
  // They are nobody else's, and no change of the working copy.
  if (is_there(run.output)) write_file(fs::path(run.output) / ".gitignore", "*\n");
  return code;
}

}  // namespace modelgate
