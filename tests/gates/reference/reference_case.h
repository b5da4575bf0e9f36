#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace modelgate {

using Numbers = std::vector<double>;
using Fields = std::map<std::string, Numbers>;

/// A line of a table: "function name:1,2 other:3 => result:4".
struct ReferenceCase {
  std::string function;
  Fields inputs, expected;

  const Numbers& numbers(const char* name) const { return inputs.at(name); }
  double number(const char* name) const { return numbers(name).at(0); }
  template <typename T = std::int64_t>
  T whole(const char* name) const {
    return static_cast<T>(number(name));
  }
  template <typename T = std::int64_t>
  std::vector<T> wholes(const char* name) const {
    std::vector<T> result;
    for (const double value : numbers(name)) result.push_back(static_cast<T>(value));
    return result;
  }
};

/// The lines of the file but for comments.
std::vector<ReferenceCase> read_reference_cases(const std::filesystem::path& path);

/// What the product computes for a case, by the case's function.
using Computations = std::map<std::string, std::function<Fields(const ReferenceCase&)>>;

/// The result of one of the computations. Errors (std::runtime_error): none of them is of that function.
Fields compute(const ReferenceCase& item, const std::vector<const Computations*>& all);

/// The functions of which there is a computation and no case.
std::vector<std::string> without_a_case(const std::vector<ReferenceCase>& cases,
                                        const std::vector<const Computations*>& all);

}  // namespace modelgate
