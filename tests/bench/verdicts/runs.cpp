#include "tests/bench/verdicts/runs.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace modelgate {

void over_runs(std::int64_t runs, int threads, const std::function<void(std::int64_t, std::int64_t)>& body) {
  constexpr std::int64_t at_once = 32;
  std::atomic<std::int64_t> next = 0;
  std::exception_ptr failure;
  std::mutex mutex;
  const auto work = [&] {
    try {
      for (std::int64_t first = 0; (first = next.fetch_add(at_once)) < runs;)
        body(first, std::min(first + at_once, runs));
    } catch (...) {
      next = runs;
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  };
  {
    const unsigned count = threads > 0 ? static_cast<unsigned>(threads) : std::thread::hardware_concurrency();
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < count; ++i) others.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

std::uint64_t first_stream(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
  return (((a << 8 | b) << 8 | c) << 8 | d) << 32;
}

}  // namespace modelgate
