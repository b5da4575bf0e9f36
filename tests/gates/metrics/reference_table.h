#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace modelgate {

using Numbers = std::vector<double>;
using Fields = std::map<std::string, Numbers>;

/// A line of reference/table.txt.
struct MetricCase {
  std::string function;
  Fields inputs, expected;

  const Numbers& numbers(const char* name) const { return inputs.at(name); }
  double number(const char* name) const { return numbers(name).at(0); }
  std::size_t whole(const char* name) const { return static_cast<std::size_t>(number(name)); }
  template <typename T>
  std::vector<T> wholes(const char* name) const {
    std::vector<T> result;
    for (const double value : numbers(name)) result.push_back(static_cast<T>(value));
    return result;
  }
};

/// What the product computes for a case, by the case's function.
using Computations = std::map<std::string, std::function<Fields(const MetricCase&)>>;
const Computations& reference_answers();  ///< Classes, probabilities.
const Computations& reference_scores();   ///< Scores and curves.
const Computations& reference_means();    ///< Regression, ranking, language models, preference.

}  // namespace modelgate
