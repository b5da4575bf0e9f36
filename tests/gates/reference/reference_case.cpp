#include "tests/gates/reference/reference_case.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace modelgate {

std::vector<ReferenceCase> read_reference_cases(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<ReferenceCase> cases;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    ReferenceCase item;
    std::istringstream words(line);
    words >> item.function;
    bool expected = false;
    for (std::string word; words >> word;) {
      if (word == "=>") {
        expected = true;
        continue;
      }
      const auto colon = word.find(':');
      Numbers numbers;
      std::istringstream list(word.substr(colon + 1));
      // Not std::stod, which refuses numbers that are nearly zero.
      for (std::string number; std::getline(list, number, ',');)
        numbers.push_back(std::strtod(number.c_str(), nullptr));
      (expected ? item.expected : item.inputs)[word.substr(0, colon)] = numbers;
    }
    cases.push_back(item);
  }
  return cases;
}

Fields compute(const ReferenceCase& item, const std::vector<const Computations*>& all) {
  for (const Computations* computations : all) {
    const auto found = computations->find(item.function);
    if (found != computations->end()) return found->second(item);
  }
  throw std::runtime_error("the table has an unknown function " + item.function);
}

std::vector<std::string> without_a_case(const std::vector<ReferenceCase>& cases,
                                        const std::vector<const Computations*>& all) {
  std::vector<std::string> missing;
  for (const Computations* computations : all)
    for (const auto& [function, computation] : *computations)
      if (std::none_of(cases.begin(), cases.end(),
                       [&](const ReferenceCase& item) { return item.function == function; }))
        missing.push_back(function);
  return missing;
}

}  // namespace modelgate
