#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// Normal numbers that are the same on every machine (std::normal_distribution is not).
class Noise {
 public:
  explicit Noise(std::uint64_t seed) : engine_(seed) {}
  double uniform() { return (static_cast<double>(engine_() >> 11) + 0.5) / 9007199254740992.0; }
  double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform()); }

 private:
  std::mt19937_64 engine_;
};

/// A series with one value for each process, numbered as pairs.
inline SampleSeries series_of(const std::vector<double>& values, bool interleaved = true,
                              const std::string& name = "BM_x", Better better = Better::lower) {
  SampleSeries series;
  series.name = name;
  series.quantity = better == Better::higher ? "throughput" : "real_time";
  series.unit = better == Better::higher ? "1/s" : "s";
  series.better = better;
  series.interleaved = interleaved;
  for (std::size_t i = 0; i < values.size(); ++i)
    series.processes.push_back({static_cast<std::int64_t>(i), static_cast<std::int64_t>(i), {values[i]}});
  return series;
}

}  // namespace modelgate
