#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gates/baseline/objects.h"
#include "gates/baseline/store.h"

namespace modelgate {

/// What was looked at, and what was found.
struct Verification {
  std::int64_t versions = 0, greens = 0, objects = 0, bytes = 0;
  std::vector<Damage> damages;
};

/// Reads every object, manifest and green of the given versions (of all, and whatever else lies in the store,
/// if none is given), and holds each release and green against the verdict that let it through. Errors: kind
/// usage for a version that is not there.
Verification verify(const Store& store, const std::vector<std::string>& versions);

}  // namespace modelgate
