#pragma once

#include "gates/statistics/random.h"

namespace modelgate {

/// A standard normal number from the stream, in some 3 ns.
double standard_normal(RandomStream& random);

}  // namespace modelgate
