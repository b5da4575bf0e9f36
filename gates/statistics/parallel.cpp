#include "gates/statistics/parallel.h"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "gates/statistics/input.h"

namespace modelgate {

void in_parallel(int threads, std::size_t size, const std::function<void(std::size_t, std::size_t)>& body) {
  require(threads >= 0, "the number of threads is negative");
  tbb::task_arena arena(threads == 0 ? tbb::task_arena::automatic : threads);
  arena.execute([&] {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, size),
                      [&](const auto& range) { body(range.begin(), range.end()); });
  });
}

}  // namespace modelgate
