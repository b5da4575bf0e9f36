#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// The series of a benchmark's quantity; throws std::out_of_range if there is none.
inline const SampleSeries& series_in(const Measurements& measurements, const std::string& name,
                                     const std::string& quantity) {
  for (const Series& one : measurements.series)
    if (const auto* series = std::get_if<SampleSeries>(&one);
        series != nullptr && series->name == name && series->quantity == quantity)
      return *series;
  throw std::out_of_range(name + " " + quantity);
}

/// "name quantity" of all series, in their order.
inline std::vector<std::string> names_in(const Measurements& measurements) {
  std::vector<std::string> names;
  for (const Series& one : measurements.series) {
    const auto& series = std::get<SampleSeries>(one);
    names.push_back(series.name + " " + series.quantity);
  }
  return names;
}

/// The values of each process.
inline std::vector<std::vector<double>> values_in(const SampleSeries& series) {
  std::vector<std::vector<double>> values;
  for (const ProcessSamples& process : series.processes) values.push_back(process.values);
  return values;
}

}  // namespace modelgate
