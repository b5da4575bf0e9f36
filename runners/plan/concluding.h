#pragma once

#include <exception>
#include <string>

#include "runners/plan/conductor.h"
#include "runners/plan/undertaking.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// A step without which nothing can go on. Errors: kind infrastructure, with its last words, if it failed.
void require_success(const Step& step, const ProcessOutcome& outcome, const std::string& hint = "");

/// Writes the files for CI from the verdict in the results folder. Errors: kind infrastructure.
void write_reports(const ResultsFolder& results, Conductor& conductor);

/// Writes the reports, shows people the verdict as the options say, and gives its exit code.
ExitCode deliver_verdict(const Undertaking& all, const Verdict& verdict, Conductor& conductor);

/// A run that could not be brought to its end leaves files that say so. `reports_say_so`: those that are
/// there tell of an error already.
void conclude_as_error(const Undertaking& all, Conductor& conductor, const std::exception& problem,
                       bool reports_say_so);

}  // namespace modelgate
