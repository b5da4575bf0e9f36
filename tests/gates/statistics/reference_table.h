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
struct ReferenceCase {
  std::string function;
  Fields inputs, expected;

  const Numbers& numbers(const char* name) const { return inputs.at(name); }
  double number(const char* name) const { return numbers(name).at(0); }
  std::int64_t whole(const char* name) const { return static_cast<std::int64_t>(number(name)); }
  std::vector<std::int64_t> wholes(const char* name) const;
};

std::vector<ReferenceCase> read_reference_table();

/// What the product computes for a case, by the case's function.
using Computations = std::map<std::string, std::function<Fields(const ReferenceCase&)>>;
const Computations& reference_rules();   ///< Tests, intervals and distributions.
const Computations& reference_powers();  ///< Power, needed numbers and sequential methods.

}  // namespace modelgate
