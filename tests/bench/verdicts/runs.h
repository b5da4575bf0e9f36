#pragma once

#include <cstdint>
#include <functional>

namespace modelgate {

/// Calls `body(first, last)` for parts of 0 … runs − 1, on as many threads as are given (0: as there are
/// cores). What a run does must depend on its number alone; then the result is the same for any number.
void over_runs(std::int64_t runs, int threads,
               const std::function<void(std::int64_t first, std::int64_t last)>& body);

/// A stream of random numbers for the runs of an experiment: no two experiments share one. `a` to `d` tell
/// experiments apart, each below 256.
std::uint64_t first_stream(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d);

}  // namespace modelgate
