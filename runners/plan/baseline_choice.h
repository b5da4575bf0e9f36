#pragma once

#include <string>
#include <vector>

#include "runners/revision/fetching.h"
#include "schemas/documents/baseline_wish.h"
#include "schemas/documents/plan.h"
#include "schemas/pipeline/pipeline.h"

namespace modelgate {

/// Which version of the store a wish means.
struct BaselineChoice {
  /// What modelgate-baseline is asked for: a version, "latest" or "branch:NAME".
  std::string version;
  std::string merge_base;          ///< In full; empty where it was not asked for.
  std::vector<std::string> notes;  ///< For the verdict, where the choice is not plain.
};

/// A version of the store, as far as it may be a baseline.
struct StoredVersion {
  std::string version;
  std::string commit;  ///< As it was given; may be empty or abbreviated.
  bool is_released = false;
};

/// What `modelgate-baseline list --json` says: releases and greens, in the order of their versions. Errors:
/// kind infrastructure if that is not understood.
std::vector<StoredVersion> stored_versions(const std::string& listing);

/// For a merge base: the release or green of its commit (a release before a green, the highest version), else
/// of the nearest of its ancestors that the store has. Any other wish is plain, and modelgate-baseline's
/// business. Errors: kind infrastructure, with what to do, if nothing fits or the merge base cannot be told.
BaselineChoice choose_baseline(const BaselineWish& wish, const Plan& plan, const Pipeline& pipeline,
                               const Fetching& fetching);

}  // namespace modelgate
