#pragma once

#include <simdjson.h>
#include <cstdint>
#include <string>
#include <vector>

#include "schemas/formats/safetensors.h"

namespace modelgate {

/// A tensor that grows row by row out of JSON. Internal to the reading of JSONL.
class InputColumn {
 public:
  InputColumn(std::string name, bool wide_floats) : name_(std::move(name)), wide_(wide_floats) {}

  const std::string& name() const { return name_; }
  /// Takes the row's nested array of numbers; the first row's shape is the column's. Returns what is wrong
  /// with it, or "".
  std::string add(const simdjson::dom::element& value);
  /// All rows, valid as long as this is. `rows` as many as were added.
  Tensor tensor(std::int64_t rows) const;

 private:
  std::string shape_of(const simdjson::dom::element& value);
  std::string add(const simdjson::dom::element& value, std::size_t depth);
  std::string add_number(const simdjson::dom::element& value);
  std::string add_real(double value);
  void turn_real();

  std::string name_;
  bool wide_;
  bool has_shape_ = false;
  std::vector<std::int64_t> shape_;  // of a row
  // Whole numbers as long as all are; then one of the others.
  bool whole_ = true;
  std::vector<std::int64_t> whole_numbers_;
  std::vector<float> narrow_;
  std::vector<double> wide_numbers_;
};

}  // namespace modelgate
