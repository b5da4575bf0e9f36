#pragma once

#include <functional>
#include <string>

#include "runners/selftest/matrix.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// The document with the values of each series multiplied.
Measurements scaled(Measurements measurements, const std::function<double(const SampleSeries&)>& factor);

/// What the performance gate calls the check of a series: "BM_infer/8 real_time".
std::string check_name(const SampleSeries& series);

/// The ratio of the candidate's value to the baseline's that a level plants. `margin` as a fraction; of a
/// rate, which cannot fall by 100 %, twice the margin is the margin taken twice.
double planted_ratio(Level level, double margin, bool rate);
/// For a check that has an effect and a margin.
double planted_ratio(Level level, const Check& check);

}  // namespace modelgate
