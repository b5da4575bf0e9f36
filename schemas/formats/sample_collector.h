#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "schemas/documents/measurements.h"
#include "schemas/formats/unit_meaning.h"

namespace modelgate {

/// Measurements that a file of this tool's results becomes: without series yet, and with the note that
/// nothing in it was interleaved with the other side. Internal to schemas/formats.
Measurements measurements_of_tool(const std::string& runner, const std::string& tool);

/// Turns values into series, in the order in which these are first seen. Internal to schemas/formats.
class SampleCollector {
 public:
  explicit SampleCollector(Measurements& measurements) : measurements_(measurements) {}

  /// Adds a value in the tool's own unit to a process, numbered from 0; of a series the processes come in
  /// their order. Errors: kind usage at `where` if the series has another unit or direction, or the value is
  /// too large in our unit.
  void add(const std::string& name, std::string_view quantity, const UnitMeaning& unit, std::int64_t process,
           double value, const std::string& where);

 private:
  Measurements& measurements_;
  std::unordered_map<std::string, std::size_t> places_;  // by name, NUL and quantity
};

}  // namespace modelgate
