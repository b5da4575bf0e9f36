#include "gates/statistics/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace modelgate {
namespace {

TEST(InParallel, every_place_is_visited_once_by_any_number_of_threads) {
  for (const int threads : {0, 1, 2, 7})
    for (const std::size_t size : {0u, 1u, 1000u}) {
      std::vector<std::atomic<int>> visits(size);
      in_parallel(threads, size, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) ++visits[i];
      });
      for (const auto& count : visits) EXPECT_EQ(count, 1);
    }
}

TEST(InParallel, what_is_thrown_inside_comes_out) {
  const auto fails = [](std::size_t, std::size_t last) {
    if (last == 1000) throw std::runtime_error("the last");
  };
  EXPECT_THROW(in_parallel(2, 1000, fails), std::runtime_error);
  EXPECT_THROW(in_parallel(-1, 10, fails), std::invalid_argument);
}

}  // namespace
}  // namespace modelgate
