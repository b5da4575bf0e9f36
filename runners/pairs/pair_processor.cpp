#include "runners/pairs/pair_processor.h"

#include <sched.h>

namespace modelgate {
namespace {

void allow_only(const std::vector<int>& processors) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int processor : processors) CPU_SET(processor, &set);
  // Refused where a container takes processors away meanwhile: then the pair runs where it may.
  [[maybe_unused]] const int refused = ::sched_setaffinity(0, sizeof set, &set);
}

}  // namespace

PairProcessor::PairProcessor() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return;
  for (int processor = 0; processor < CPU_SETSIZE; ++processor)
    if (CPU_ISSET(processor, &set)) allowed_.push_back(processor);
}

PairProcessor::~PairProcessor() {
  if (!allowed_.empty()) allow_only(allowed_);
}

void PairProcessor::bind(std::int64_t pair) {
  if (allowed_.empty()) return;
  allow_only({allowed_[static_cast<std::size_t>(pair) % allowed_.size()]});
}

}  // namespace modelgate
