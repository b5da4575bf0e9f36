#include "schemas/documents/looks.h"

#include <algorithm>

namespace modelgate {

std::vector<std::int64_t> halving_looks(std::int64_t pairs) {
  // With fewer pairs ranks cannot prove what an early look may spend.
  constexpr std::int64_t least_at_first_look = 8;
  std::vector<std::int64_t> looks = {pairs};
  for (std::int64_t half = (pairs + 1) / 2; half >= least_at_first_look && half < looks.back();
       half = (half + 1) / 2)
    looks.push_back(half);
  std::reverse(looks.begin(), looks.end());
  return looks;
}

}  // namespace modelgate
