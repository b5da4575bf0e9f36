#include "gates/quality/rows/looks_reached.h"

#include "gates/statistics/alpha_spending.h"

namespace modelgate {

LooksReached looks_at(std::span<const std::int64_t> declared, std::int64_t rows) {
  if (declared.empty()) return {{{rows, 1}}, std::nullopt};
  const std::vector<double> shares = look_shares(declared);
  LooksReached looks;
  for (std::size_t k = 0; k < declared.size(); ++k)
    if (declared[k] <= rows)
      looks.reached.push_back({declared[k], shares[k]});
    else if (!looks.next)
      looks.next = declared[k];
  return looks;
}

}  // namespace modelgate
