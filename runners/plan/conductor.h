#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "runners/plan/commands.h"
#include "runners/plan/results_folder.h"
#include "runners/process/process.h"

namespace modelgate {

/// Runs the steps of a plan, keeps their words in logs/ and what each took in logs/steps.tsv (step, seconds,
/// ending), and says on a lively terminal what is going on.
class Conductor {
 public:
  /// The steps run in `folder`, from which the plan's relative paths are taken.
  Conductor(const ResultsFolder& results, std::filesystem::path folder, bool quiet)
      : results_(results), folder_(std::move(folder)), quiet_(quiet) {}

  /// Runs a step to its end, alone. Errors: kind infrastructure if its program is missing, or an interrupt
  /// came.
  ProcessOutcome run(const Step& step);

  /// Runs steps that measure nothing side by side, and calls `meanwhile` while they run. Outcomes in the
  /// order of the steps. Errors: as above, and those of `meanwhile`.
  std::vector<ProcessOutcome> run_together(const std::vector<Step>& steps,
                                           const std::function<void()>& meanwhile = nullptr);

  /// Where a step's stdout is kept.
  std::filesystem::path output_of(const Step& step) const { return results_.logs() / (step.name + ".out"); }

  /// The last words of a step that failed, for people.
  static std::string last_words(const ProcessOutcome& outcome);

 private:
  ProcessSpec spec_of(const Step& step) const;
  void record(const Step& step, const ProcessOutcome& outcome) const;
  void say(const std::string& words) const;

  const ResultsFolder& results_;
  std::filesystem::path folder_;
  bool quiet_;
};

}  // namespace modelgate
