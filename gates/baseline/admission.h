#pragma once

#include <optional>
#include <string>

#include "schemas/documents/manifest.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// Why a verdict does not let a version through.
struct Refusal {
  ExitCode code = ExitCode::usage;  ///< The verdict's own where it did not pass; otherwise usage: it is no
                                    ///< verdict that could release these files.
  std::string why;
  std::string hint;
};

/// Holds a verdict against the files that it should let through: it must be that of a whole plan (a suite's,
/// nothing left out), of exactly these files, and pass, with every check passing or not compared. Says
/// nothing of the baseline.
std::optional<Refusal> refusal_of_files(const Verdict& verdict, const Manifest& files);

/// Holds its last day, which it must name, against the day `today`. What was let through before its end
/// stays.
std::optional<Refusal> refusal_of_age(const Verdict& verdict, const std::string& today);

/// Holds it against the latest release, which it must have compared with; without one it must be of a first
/// release.
std::optional<Refusal> refusal_of_baseline(const Verdict& verdict, const std::optional<Manifest>& latest);

/// Holds it against what the store could be compared with: `baseline` is the release or green that it did
/// compare with, if the store has it. `may_be_first`: there is none yet, and a first release will do.
std::optional<Refusal> refusal_of_any_baseline(const Verdict& verdict,
                                               const std::optional<Manifest>& baseline, bool may_be_first);

/// The commit that was judged; empty where it is not known, files were modified, or it is no text to be kept.
std::string commit_judged(const Verdict& verdict);

}  // namespace modelgate
