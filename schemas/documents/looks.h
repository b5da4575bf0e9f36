#pragma once

#include <cstdint>
#include <vector>

namespace modelgate {

/// The looks at up to `pairs` process pairs where nobody declared any: the last at all of them, each before
/// at half as many, none at fewer than 8, with which ranks prove at most 1/256: {10, 20, 40}. `pairs` ≥ 1.
std::vector<std::int64_t> halving_looks(std::int64_t pairs);

}  // namespace modelgate
