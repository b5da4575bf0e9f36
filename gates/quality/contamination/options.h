#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gates/quality/contamination/training.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// What is asked about the origin of the test texts.
struct ContaminationDemands {
  TrainingData training;
  std::string test;  ///< A file with the test texts by id; empty: they stand in the candidate's rows.
  NearRule rule;
  /// The largest shares of test texts that may be in the training data, or repeat others. None: only told.
  std::optional<double> contaminated, repeated;
  int threads = 0;
};

/// The demands as typed.
struct ContaminationOptions {
  TrainingData training;
  std::string test, contaminated, repeated, similar = "80%", contained = "70%";
  std::int64_t shingle = 2, ngram = 8;

  void declare(OptionSet& options);
  /// None where nothing is asked. Errors: kind usage for what is not understood or lacks --train.
  std::optional<ContaminationDemands> demands() const;
};

}  // namespace modelgate
