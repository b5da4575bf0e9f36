#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace modelgate {

/// True for the floating types of safetensors.
bool is_floating(const std::string& dtype);

/// An element's value; it lies within the bytes.
double element_at(const std::string& dtype, std::span<const std::byte> bytes, std::size_t index);

/// Makes an element differ from what it is by at least `distance`, as little as its type can, or by at most
/// that, as much as it can. A distance that is beyond the type gives its most distant number.
enum class Rounding { at_least, at_most };
void move_element(const std::string& dtype, std::span<std::byte> bytes, std::size_t index, double distance,
                  Rounding rounding);

/// Makes an element NaN; of an integer type nothing is, and it stays.
void make_nan(const std::string& dtype, std::span<std::byte> bytes, std::size_t index);

}  // namespace modelgate
