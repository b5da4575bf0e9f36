#pragma once

#include <cstdint>
#include <string>

#include "schemas/formats/safetensors.h"

namespace modelgate {

/// The numbers of a tensor of any dtype, as the model gave them.
class OutputValues {
 public:
  explicit OutputValues(const Tensor& tensor);

  std::int64_t rows() const { return rows_; }
  std::int64_t columns() const { return columns_; }  ///< Elements of a row.
  double at(std::int64_t row, std::int64_t column) const;
  bool is_floating() const;
  /// How far a row of probabilities may be from a sum of 1 by rounding.
  double sum_tolerance() const;
  /// A number near `value` as this dtype would be written: float64 or float32.
  std::string json(double value) const;

 private:
  const std::byte* start_;
  std::int64_t rows_, columns_;
  std::size_t width_;
  double (*read_)(const std::byte*);
  std::string dtype_;
};

}  // namespace modelgate
