#pragma once

#include <string>
#include <vector>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// What the subcommands of modelgate-baseline are given. Each uses what it declares.
struct BaselineOptions {
  std::string folder, version, name, commit, verdict, to, store = ".modelgate/store";
  std::vector<std::string> versions;
  bool json = false, saved_too = false;
  double wait_seconds = 600;

  void declare(OptionSet& options);
};

}  // namespace modelgate
