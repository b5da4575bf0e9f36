#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "schemas/formats/array_view.h"

namespace modelgate {

/// A column of an array that lies elsewhere, read element by element. Internal to schemas/rows.
class ArrayCells {
 public:
  ArrayCells() = default;
  /// The elements at (row) or, in an array of two dimensions, at (row, column).
  ArrayCells(const ArrayView& array, std::size_t column);

  bool is_text() const { return type_ == ElementType::bytes || type_ == ElementType::characters; }
  bool is_whole() const { return type_ == ElementType::whole || type_ == ElementType::natural; }
  bool is_boolean() const { return type_ == ElementType::boolean; }
  std::size_t rows() const { return rows_; }

  /// Of anything but text; of a boolean 0 or 1.
  double number(std::size_t row) const;
  /// Of whole numbers; none if it lies beyond 64 bits with a sign.
  std::optional<std::int64_t> whole(std::size_t row) const;
  /// As JSON has it: 7, 0.5, 1.0, true; of texts themselves, without the zeros that fill them up. False for
  /// what is not finite and for characters that are none.
  bool text(std::size_t row, std::string& text) const;

 private:
  const std::byte* at(std::size_t row) const { return first_ + row * stride_; }
  std::uint64_t bits(std::size_t row) const;
  bool characters(std::size_t row, std::string& text) const;

  ElementType type_ = ElementType::unreadable;
  std::size_t element_bytes_ = 0, stride_ = 0, rows_ = 0;
  bool swapped_ = false;
  const std::byte* first_ = nullptr;
};

}  // namespace modelgate
