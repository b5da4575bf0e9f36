#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "runners/process/process.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// A model project in a folder of the test's own: a shell script that prints answers is the model, an exec
/// run measures it and a quality gate judges it.
class Project {
 public:
  Project();

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path results() const { return folder_ / "gate-results"; }
  Verdict verdict() const { return read_verdict(results() / "verdict.json"); }

  /// Makes the folder look like a working copy of this branch.
  void on_branch(const std::string& name);
  /// Makes the candidate answer all rows, `wrong` of them wrongly, after the script `first`.
  void write_candidate(int wrong, const std::string& first = "");
  /// Releases a candidate that answers ten rows wrongly as v1.0.0.
  void release_baseline();

  /// `PROGRAM ARGUMENTS` in the project's folder.
  ProcessSpec command(const std::string& program, const std::vector<std::string>& arguments) const;
  ProcessOutcome run(const std::string& program, const std::vector<std::string>& arguments) const {
    return run_process(command(program, arguments));
  }
  ProcessOutcome modelgate(const std::vector<std::string>& arguments) const {
    return run("modelgate", arguments);
  }

  /// What a candidate says on the pipe that it opens in a script: `echo $$ > "$HANDSHAKE"`. Waits for it.
  std::string handshake() const;

 private:
  std::filesystem::path folder_;
};

/// A script for write_candidate() that tells its number on the pipe, and ends by nothing but KILL.
inline constexpr char stays_for_ever[] =
    "trap '' TERM; echo $$ > \"$HANDSHAKE\"; while :; do sleep 1000; done";

}  // namespace modelgate
