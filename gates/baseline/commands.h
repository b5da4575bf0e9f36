#pragma once

#include <string>
#include <vector>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// What the subcommands of modelgate-baseline are given. Each uses what it declares.
struct BaselineOptions {
  std::string folder, version, name, commit, branch, verdict, to, history, store = ".modelgate/store";
  std::vector<std::string> versions;
  bool json = false, saved_too = false;
  double wait_seconds = 600;

  void declare(OptionSet& options);
};

/// The subcommands. What they print on stdout is for people, or a document with --json; the exit code is that
/// of the verdict where a verdict decides (promote, green), pass, or error for what is damaged. Errors: those
/// of the store.
ExitCode run_save(const BaselineOptions& options);
ExitCode run_promote(const BaselineOptions& options);
ExitCode run_green(const BaselineOptions& options);
ExitCode run_list(const BaselineOptions& options);
ExitCode run_show(const BaselineOptions& options);
ExitCode run_verify(const BaselineOptions& options);
ExitCode run_checkout(const BaselineOptions& options);

}  // namespace modelgate
