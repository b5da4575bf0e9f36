#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/status_code.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// How much a check's data prove, in badness θ (positive: the candidate is worse), with margin δ.
struct Evidence {
  double p_regression = 1;  ///< p-value of H0: θ ≤ δ.
  double upper = 0;         ///< Upper bound of θ at level 1 − alpha_pass.
  double margin = 0;        ///< δ, on the scale of `upper`
  std::string doubt;        ///< Why the data cannot decide whatever the numbers say (the cross-check
                            ///< disagrees, too few pairs); empty if they can.
};

/// FAIL if p_regression ≤ alpha_fail, PASS if upper ≤ margin, otherwise INCONCLUSIVE; every condition is
/// written so that a NaN satisfies none, and a NaN anywhere is ERROR.
Status decide(const Evidence& evidence, double alpha_fail);

/// Corrects p_regression of all checks that have one by Holm, for a familywise false-block rate of
/// verdict.alpha_fail: a check that its gate called fail by statistics (it has a p_regression) and that does
/// not hold after the correction becomes inconclusive, reason "not_proven_among_many". Then sets the
/// verdict's status to the worst of its checks, and its sentence ("2 of 14 checks fail: …").
void conclude(Verdict& verdict);

/// The options that every gate takes: --candidate FILE, --baseline FILE, --output FILE, --json,
/// --gate-name NAME (default: the kind), --first-release, --alpha-fail, --alpha-pass.
struct GateOptions {
  std::string candidate, baseline, output, gate_name;
  bool json = false, first_release = false;
  double alpha_fail = 0.05, alpha_pass = 0.05;

  void declare(OptionSet& options, const std::string& kind, const std::string& file_help,
               Need candidate_needed = Need::required);
  /// Checks that there is a baseline or --first-release, not both, and at most one file on standard input.
  /// Errors: kind usage.
  void check() const;
};

/// An empty verdict of this gate: version, time, error rates, status error until conclude().
Verdict new_verdict(const GateOptions& options, const std::string& kind);

/// Hands the verdict out: to --output, else to stdout (on a terminal only with --json); one line a check in
/// words on stderr. Returns the exit code.
ExitCode deliver(const Verdict& verdict, const GateOptions& options);

}  // namespace modelgate
