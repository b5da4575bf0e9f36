#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "schemas/documents/plan.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// Where `modelgate run` writes. A visible folder, because CI does not upload hidden ones.
struct ResultsFolder {
  std::filesystem::path root;  ///< Absolute.

  std::filesystem::path verdict() const { return root / "verdict.json"; }
  std::filesystem::path junit() const { return root / "junit.xml"; }
  std::filesystem::path summary() const { return root / "summary.md"; }
  /// What was done of a plan that several jobs share; there only where it was done.
  std::filesystem::path job() const { return root / "job.json"; }
  /// What the suite said at an earlier look at growing samples.
  std::filesystem::path look(std::int64_t number) const {
    return looks() / (std::to_string(number) + ".json");
  }
  std::filesystem::path runs() const { return root / "runs"; }  ///< Of a calibration.
  std::filesystem::path looks() const { return root / "looks"; }
  std::filesystem::path gate_verdicts() const { return root / "verdicts"; }
  std::filesystem::path examples() const { return root / "examples"; }  ///< Of quality gates.
  std::filesystem::path measurements(const std::string& run) const { return root / "measurements" / run; }
  std::filesystem::path logs() const { return root / "logs"; }
  std::filesystem::path baseline() const { return root / "baseline"; }
  /// The verdicts that let the baseline and the releases before it through.
  std::filesystem::path history() const { return root / "history"; }

  /// Removes what an earlier run decided, if the folder is one of results: a run that does not get as far as
  /// to write here must not leave another's verdict to be read. Nothing while another run holds it.
  void forget_verdict() const;
};

/// A results folder that is this run's alone, for as long as this lives.
class HeldResults {
 public:
  /// Makes the folder, puts `verdict` into it (before anything else, so that from here on a verdict stands
  /// whatever happens to this process), and removes what an earlier run left. Errors: kind usage if the
  /// folder holds something and is not a results folder; kind infrastructure if another run is writing into
  /// it, or it cannot be written.
  HeldResults(const ResultsFolder& folder, const Verdict& verdict);
  ~HeldResults();
  HeldResults(const HeldResults&) = delete;
  HeldResults& operator=(const HeldResults&) = delete;

 private:
  int lock_ = -1;
};

/// The verdict that stands until a better one is there: status error, with the sentence why.
Verdict unfinished_verdict(const Plan& plan, const Subject& candidate, const std::string& sentence);

}  // namespace modelgate
