#include "tests/bench/verdicts/processes.h"

#include "runners/pairs/pair_order.h"

namespace modelgate {

Processes::Processes(const NoiseModel& model, std::size_t benchmarks, std::int64_t most_pairs,
                     std::uint64_t seed, std::uint64_t stream)
    : model_(model), shared_path_{RandomStream(seed, stream)} {
  RandomStream run = shared_path_.random;
  const std::uint64_t of_order = run.next(), of_benchmarks = run.next();
  PairOrder order(of_order);
  for (std::int64_t pair = 0; pair < most_pairs; ++pair)
    candidate_first_.push_back(order.first_of_next() == 0);
  shared_path_.random = RandomStream(of_order, 1);
  model_.shared->begin(shared_path_, run, 0);
  places_.reserve(benchmarks);
  for (std::size_t benchmark = 0; benchmark < benchmarks; ++benchmark) {
    places_.push_back({{RandomStream(of_benchmarks, benchmark)}});
    model_.own->begin(places_.back().path, run, benchmark);
  }
}

/// Leaves the benchmark's next values in own_, those of the pairs' first and second processes in turn.
void Processes::values(std::size_t benchmark, std::size_t pairs) {
  Place& place = places_[benchmark];
  const auto first = 2 * static_cast<std::size_t>(place.pairs), last = first + 2 * pairs;
  if (shared_.size() < last) {
    const std::size_t known = shared_.size();
    shared_.resize(last);
    model_.shared->extend(shared_path_, std::span(shared_).subspan(known));
  }
  own_.resize(2 * pairs);
  model_.own->extend(place.path, own_);
  for (std::size_t i = 0; i < own_.size(); ++i)
    own_[i] = model_.shared_weight * shared_[first + i] + model_.own_weight * own_[i];
}

void Processes::measure(std::size_t benchmark, std::span<double> differences) {
  values(benchmark, differences.size());
  auto pair = static_cast<std::size_t>(places_[benchmark].pairs);
  for (std::size_t i = 0; i < differences.size(); ++i, ++pair) {
    const double first_less_second = own_[2 * i] - own_[2 * i + 1];
    differences[i] = candidate_first_[pair] ? first_less_second : -first_less_second;
  }
  places_[benchmark].pairs += static_cast<std::int64_t>(differences.size());
}

void Processes::measure(std::size_t benchmark, std::span<double> baseline, std::span<double> candidate) {
  values(benchmark, baseline.size());
  auto pair = static_cast<std::size_t>(places_[benchmark].pairs);
  for (std::size_t i = 0; i < baseline.size(); ++i, ++pair) {
    candidate[i] = own_[2 * i + (candidate_first_[pair] ? 0 : 1)];
    baseline[i] = own_[2 * i + (candidate_first_[pair] ? 1 : 0)];
  }
  places_[benchmark].pairs += static_cast<std::int64_t>(baseline.size());
}

}  // namespace modelgate
