#pragma once

#include <string>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate hook`, as typed.
struct HookOptions {
  std::string action;  ///< "install", "remove", "status", "run".
  std::string plan = "modelgate.yaml";

  void declare(OptionSet& options);
};

/// Does what the action says. Errors: those below; kind usage for an unknown action.
ExitCode run_hook_action(const HookOptions& options);

/// Writes the pre-push hook of the Git repository around the plan. Errors: kind usage if there is another
/// hook, which stays as it is.
ExitCode install_hook(const HookOptions& options);
/// Removes it, and no other.
ExitCode remove_hook(const HookOptions& options);
/// Says what is there: exit code 0 if it is ours, 1 if it is not.
ExitCode show_hook(const HookOptions& options);

/// What the hook calls: judges what is pushed, by the plan's hook gates of what changed, within its time.
/// Reads from standard input what Git says is pushed; what only removes branches is not judged.
ExitCode run_hook(const HookOptions& options);

}  // namespace modelgate
