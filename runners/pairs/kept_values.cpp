#include "runners/pairs/kept_values.h"

namespace modelgate {

void KeptValues::add(double value) {
  if (count_++ % step_ != 0) return;
  values_.push_back(value);
  if (values_.size() <= most_) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < values_.size(); i += 3) values_[kept++] = values_[i];
  values_.resize(kept);
  step_ *= 3;
}

}  // namespace modelgate
