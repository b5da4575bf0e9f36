#include "runners/recording/interleaving.h"

#include <random>

namespace modelgate {

std::vector<Turn> turns(std::int64_t pairs, std::size_t subjects, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Turn> order;
  for (std::int64_t pair = 0; pair < pairs; ++pair) {
    const std::size_t first = random() >> 63;
    if (subjects == 1) {
      order.push_back({0, pair});
      continue;
    }
    order.push_back({first, pair});
    order.push_back({1 - first, pair});
  }
  return order;
}

}  // namespace modelgate
