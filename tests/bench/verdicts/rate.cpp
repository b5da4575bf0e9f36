#include "tests/bench/verdicts/rate.h"

#include "gates/statistics/proportion_interval.h"

namespace modelgate {

double Rate::share() const { return static_cast<double>(hits) / static_cast<double>(trials); }
double Rate::lower() const { return clopper_pearson(hits, trials, 0.05).lower; }
double Rate::upper() const { return clopper_pearson(hits, trials, 0.05).upper; }

}  // namespace modelgate
