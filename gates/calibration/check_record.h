#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "schemas/documents/calibration.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/plan.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What one run left: its verdict, and by run of the plan the measurements of both places.
struct OneRun {
  Verdict verdict;
  std::map<std::string, std::pair<Measurements, Measurements>> measured;
};

/// What the checks of one identity came to, run by run.
struct CheckRecord {
  Check last;  ///< Of the last run that had it.
  std::int64_t blocks = 0, passes = 0, inconclusive = 0;
};

using CheckKey = std::tuple<std::string, std::string, std::map<std::string, std::string>>;

/// The checks of all runs, in order of their names; those that compare nothing are left out.
std::map<CheckKey, CheckRecord> records_of(const std::vector<OneRun>& runs);

/// "4 of 20" with bounds at 95 %.
ObservedRate rate_of(std::int64_t count, std::int64_t of);

/// Noise, detectable effects, suggestions and advice for a comparison of times or rates; nothing for others.
/// `alpha_fail` of one check.
void add_noise(CalibratedCheck& calibrated, const CheckRecord& record, const std::vector<OneRun>& runs,
               const std::string& run_name, double alpha_pass, double alpha_fail);

/// What a share of rows that the models answer (accuracy, recall) can find; nothing for other checks. It is
/// supposed that at least twice the margin of the rows are answered rightly by one model alone.
void add_rows(CalibratedCheck& calibrated, const CheckRecord& record, double alpha_fail);

}  // namespace modelgate
