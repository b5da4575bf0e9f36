// Are two tensors numerically the same?
//
// Method: |a − b| ≤ atol + rtol·|b| for every element, b the golden one; NaN must meet NaN, and an infinity
// one of the same sign. The worst element is the one with the largest |a − b| in units of its own tolerance,
// the first of them in row-major order, so that any number of threads names the same one. The ULP distance
// counts the representable numbers between two values: their bit patterns, mapped so that they are ordered
// like the numbers, are subtracted. References: IEEE 754; Dawson, "Comparing floating point numbers" (2012)
// for the mapping.

#include "gates/regression/tensor_comparison.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_reduce.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <stdexcept>

#include "schemas/formats/safetensors.h"

namespace modelgate {
namespace {

double from_half(std::uint16_t bits) {
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  const int exponent = (bits >> 10) & 31;
  const int fraction = bits & 0x3ff;
  if (exponent == 31) return fraction != 0 ? std::numeric_limits<double>::quiet_NaN() : sign * INFINITY;
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  return sign * std::ldexp(1024 + fraction, exponent - 25);
}

/// A signed bit pattern whose order is that of the numbers.
template <typename Bits>
std::int64_t ordered(Bits bits) {
  using Signed = std::make_signed_t<Bits>;
  const auto pattern = static_cast<Signed>(bits);
  return pattern >= 0 ? pattern : static_cast<std::int64_t>(std::numeric_limits<Signed>::min()) - pattern;
}

template <typename Bits>
std::uint64_t ulp_between(Bits a, Bits b) {
  const std::int64_t x = ordered(a), y = ordered(b);
  return x > y ? static_cast<std::uint64_t>(x) - static_cast<std::uint64_t>(y)
               : static_cast<std::uint64_t>(y) - static_cast<std::uint64_t>(x);
}

template <typename Bits>
Bits bits_at(std::span<const std::byte> bytes, std::int64_t index) {
  Bits bits;
  std::memcpy(&bits, bytes.data() + static_cast<std::size_t>(index) * sizeof(Bits), sizeof(Bits));
  return bits;
}

// How each kind of element is read: its bits, its value, and whether it has an ULP.
struct Double {
  using Bits = std::uint64_t;
  static constexpr bool floating = true;
  static double value(Bits bits) { return std::bit_cast<double>(bits); }
};
struct Single {
  using Bits = std::uint32_t;
  static constexpr bool floating = true;
  static double value(Bits bits) { return std::bit_cast<float>(bits); }
};
struct Half {
  using Bits = std::uint16_t;
  static constexpr bool floating = true;
  static double value(Bits bits) { return from_half(bits); }
};
struct Brain {
  using Bits = std::uint16_t;
  static constexpr bool floating = true;
  static double value(Bits bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
};
template <typename Integer>
struct Whole {
  using Bits = Integer;
  static constexpr bool floating = false;
  static double value(Bits bits) { return static_cast<double>(bits); }
};

struct Partial {
  TensorComparison found;
  double worst_in_tolerances = -1;
};

template <typename Element>
ElementDifference difference_at(std::int64_t index, typename Element::Bits golden,
                                typename Element::Bits candidate) {
  ElementDifference d;
  d.index = index;
  d.golden = Element::value(golden);
  d.candidate = Element::value(candidate);
  if constexpr (Element::floating) {
    d.absolute = std::abs(d.candidate - d.golden);
    if (std::isfinite(d.golden) && std::isfinite(d.candidate)) d.ulp = ulp_between(golden, candidate);
  } else {
    // Large integers differ before their doubles do.
    d.absolute = golden > candidate ? static_cast<double>(golden) - static_cast<double>(candidate)
                                    : static_cast<double>(candidate) - static_cast<double>(golden);
    if (golden != candidate && !(d.absolute > 0)) d.absolute = 1;
  }
  d.relative = d.golden == 0 ? (d.absolute == 0 ? 0 : INFINITY) : d.absolute / std::abs(d.golden);
  return d;
}

template <typename Element>
void compare_one(std::int64_t index, typename Element::Bits golden, typename Element::Bits candidate,
                 const Tolerance& tolerance, Partial& partial) {
  TensorComparison& found = partial.found;
  ++found.elements;
  const double b = Element::value(golden), a = Element::value(candidate);
  if (!std::isfinite(b)) {
    ++found.golden_not_finite;
    const bool same = std::isnan(b) ? std::isnan(a) : a == b;
    if (!same) ++found.misplaced;
    return;
  }
  if (!std::isfinite(a)) {
    if (++found.not_finite == 1) found.first_not_finite = difference_at<Element>(index, golden, candidate);
    return;
  }
  if (golden == candidate && partial.worst_in_tolerances >= 0) return;
  const ElementDifference d = difference_at<Element>(index, golden, candidate);
  const double allowed = tolerance.absolute + tolerance.relative * std::abs(b);
  const bool within = d.absolute <= allowed;
  if (!within) ++found.beyond;
  const double in_tolerances = allowed > 0      ? d.absolute / allowed
                               : d.absolute > 0 ? std::numeric_limits<double>::max()
                                                : 0;
  if (in_tolerances > partial.worst_in_tolerances) {
    partial.worst_in_tolerances = in_tolerances;
    found.worst = d;
  }
}

Partial joined(Partial left, const Partial& right) {
  left.found.elements += right.found.elements;
  left.found.beyond += right.found.beyond;
  left.found.not_finite += right.found.not_finite;
  left.found.misplaced += right.found.misplaced;
  left.found.golden_not_finite += right.found.golden_not_finite;
  if (!left.found.first_not_finite) left.found.first_not_finite = right.found.first_not_finite;
  // Only a larger one replaces it: of equals the first in order stays.
  if (right.worst_in_tolerances > left.worst_in_tolerances) {
    left.worst_in_tolerances = right.worst_in_tolerances;
    left.found.worst = right.found.worst;
  }
  return left;
}

template <typename Element>
TensorComparison compare_as(std::span<const std::byte> golden, std::span<const std::byte> candidate,
                            const Tolerance& tolerance) {
  using Bits = typename Element::Bits;
  const auto count = static_cast<std::int64_t>(golden.size() / sizeof(Bits));
  const Partial all = tbb::parallel_deterministic_reduce(
      tbb::blocked_range<std::int64_t>(0, count, 1 << 16), Partial{},
      [&](const tbb::blocked_range<std::int64_t>& range, Partial partial) {
        for (std::int64_t i = range.begin(); i < range.end(); ++i)
          compare_one<Element>(i, bits_at<Bits>(golden, i), bits_at<Bits>(candidate, i), tolerance, partial);
        return partial;
      },
      joined);
  return all.found;
}

}  // namespace

std::optional<Tolerance> default_tolerance(const std::string& dtype) {
  static const std::map<std::string, Tolerance> floating = {
      {"F64", {1e-7, 1e-7}}, {"F32", {1.3e-6, 1e-5}}, {"F16", {1e-3, 1e-5}}, {"BF16", {1.6e-2, 1e-5}}};
  if (const auto found = floating.find(dtype); found != floating.end()) return found->second;
  if (dtype_bytes(dtype) > 0) return Tolerance{};
  return std::nullopt;
}

TensorComparison compare_tensors(const std::string& dtype, std::span<const std::byte> golden,
                                 std::span<const std::byte> candidate, const Tolerance& tolerance) {
  const std::size_t bytes = dtype_bytes(dtype);
  if (bytes == 0 || golden.size() != candidate.size() || golden.size() % bytes != 0)
    throw std::invalid_argument("tensors of unknown dtype or of different sizes");
  if (!(tolerance.relative >= 0 && tolerance.absolute >= 0))
    throw std::invalid_argument("a negative tolerance");
  if (dtype == "F64") return compare_as<Double>(golden, candidate, tolerance);
  if (dtype == "F32") return compare_as<Single>(golden, candidate, tolerance);
  if (dtype == "F16") return compare_as<Half>(golden, candidate, tolerance);
  if (dtype == "BF16") return compare_as<Brain>(golden, candidate, tolerance);
  if (dtype == "I64") return compare_as<Whole<std::int64_t>>(golden, candidate, tolerance);
  if (dtype == "U64") return compare_as<Whole<std::uint64_t>>(golden, candidate, tolerance);
  if (dtype == "I32") return compare_as<Whole<std::int32_t>>(golden, candidate, tolerance);
  if (dtype == "U32") return compare_as<Whole<std::uint32_t>>(golden, candidate, tolerance);
  if (dtype == "I16") return compare_as<Whole<std::int16_t>>(golden, candidate, tolerance);
  if (dtype == "U16") return compare_as<Whole<std::uint16_t>>(golden, candidate, tolerance);
  if (dtype == "I8") return compare_as<Whole<std::int8_t>>(golden, candidate, tolerance);
  return compare_as<Whole<std::uint8_t>>(golden, candidate, tolerance);
}

}  // namespace modelgate
