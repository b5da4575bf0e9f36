#include "runners/torch/input_column.h"

#include <cmath>

namespace modelgate {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t most_dimensions = 16;

std::string extent(std::int64_t size) { return std::to_string(size) + (size == 1 ? " entry" : " entries"); }

}  // namespace

std::string InputColumn::add(const element& value) {
  if (!has_shape_) {
    if (std::string wrong = shape_of(value); !wrong.empty()) return wrong;
    has_shape_ = true;
  }
  return add(value, 0);
}

std::string InputColumn::shape_of(const element& value) {
  element inner = value;
  simdjson::dom::array array;
  while (!inner.get_array().get(array)) {
    if (shape_.size() == most_dimensions) return "is nested deeper than 16 arrays";
    // array.size() would stop counting at 2^24.
    std::int64_t size = 0;
    for (const element& entry : array) {
      if (size == 0) inner = entry;
      ++size;
    }
    if (size == 0) return "is empty";
    shape_.push_back(size);
  }
  return "";
}

std::string InputColumn::add(const element& value, std::size_t depth) {
  if (depth == shape_.size()) return add_number(value);
  simdjson::dom::array array;
  if (value.get_array().get(array)) return "is nested less deeply than in its first row, or not evenly";
  std::int64_t size = 0;
  for (const element& entry : array)
    if (size++ < shape_[depth])
      if (std::string wrong = add(entry, depth + 1); !wrong.empty()) return wrong;
  if (size != shape_[depth])
    return "has " + extent(size) + " where its first row has " + std::to_string(shape_[depth]);
  return "";
}

std::string InputColumn::add_number(const element& value) {
  switch (value.type()) {
    case element_type::INT64: {
      std::int64_t number = value.get_int64().value_unsafe();
      if (!whole_) return add_real(static_cast<double>(number));
      whole_numbers_.push_back(number);
      return "";
    }
    case element_type::UINT64:
      return add_real(static_cast<double>(value.get_uint64().value_unsafe()));
    case element_type::DOUBLE:
      return add_real(value.get_double().value_unsafe());
    case element_type::ARRAY:
      return "is nested more deeply than in its first row, or not evenly";
    default:
      return "holds something other than numbers and arrays";
  }
}

std::string InputColumn::add_real(double value) {
  turn_real();
  if (wide_) {
    wide_numbers_.push_back(value);
    return "";
  }
  const float narrow = static_cast<float>(value);
  if (!std::isfinite(narrow)) return "holds a number that float32 cannot";
  narrow_.push_back(narrow);
  return "";
}

void InputColumn::turn_real() {
  if (!whole_) return;
  whole_ = false;
  if (wide_)
    wide_numbers_.assign(whole_numbers_.begin(), whole_numbers_.end());
  else
    for (const std::int64_t number : whole_numbers_) narrow_.push_back(static_cast<float>(number));
  whole_numbers_ = {};
}

Tensor InputColumn::tensor(std::int64_t rows) const {
  Tensor tensor;
  tensor.name = name_;
  tensor.shape = {rows};
  tensor.shape.insert(tensor.shape.end(), shape_.begin(), shape_.end());
  tensor.dtype = whole_ ? "I64" : wide_ ? "F64" : "F32";
  tensor.bytes = whole_  ? std::as_bytes(std::span(whole_numbers_))
                 : wide_ ? std::as_bytes(std::span(wide_numbers_))
                         : std::as_bytes(std::span(narrow_));
  return tensor;
}

}  // namespace modelgate
