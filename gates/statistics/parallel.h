#pragma once

#include <cstddef>
#include <functional>

namespace modelgate {

/// Runs body(first, last) over parts of [0, size) on so many threads (0: all cores), and throws what one of
/// them throws. Errors (std::invalid_argument): a negative number of threads.
void in_parallel(int threads, std::size_t size, const std::function<void(std::size_t, std::size_t)>& body);

}  // namespace modelgate
