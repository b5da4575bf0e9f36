#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace modelgate {

/// |candidate − golden| ≤ absolute + relative · |golden|.
struct Tolerance {
  double relative = 0, absolute = 0;
};

/// What is usual for a dtype ("F32", "BF16", "I64", …): the figures that torch.testing.assert_close documents
/// (F16 1e-3, BF16 1.6e-2, F32 1.3e-6, each with 1e-5; F64 1e-7 and 1e-7); integers and booleans must be
/// equal. Nothing for a dtype that is not known.
std::optional<Tolerance> default_tolerance(const std::string& dtype);

/// One element of both tensors.
struct ElementDifference {
  std::int64_t index = 0;  ///< In row-major order.
  double golden = 0, candidate = 0;
  double absolute = 0;               ///< |candidate − golden|; NaN where one of them is not finite.
  double relative = 0;               ///< absolute / |golden|; infinite where golden is 0.
  std::optional<std::uint64_t> ulp;  ///< Representable numbers between them; floating types, both finite.
};

/// What a comparison of two tensors of one dtype and shape found.
struct TensorComparison {
  std::int64_t elements = 0;
  std::int64_t beyond = 0;      ///< Finite on both sides, and further apart than the tolerance.
  std::int64_t not_finite = 0;  ///< NaN or infinite in the candidate where the golden value is finite.
  std::int64_t misplaced =
      0;  ///< Finite, or NaN or infinite otherwise, where the golden value is not finite.
  std::int64_t golden_not_finite = 0;
  std::optional<ElementDifference>
      worst;  ///< The finite difference furthest beyond, or nearest to, its tolerance.
  std::optional<ElementDifference> first_not_finite;

  /// Written positively, so that nothing compared is nothing proven.
  bool within_tolerance() const { return elements > 0 && beyond == 0 && not_finite == 0 && misplaced == 0; }
};

/// Compares element by element, on all cores; the result does not depend on their number. Both spans hold
/// little-endian elements of `dtype`, as many in each. Throws std::invalid_argument otherwise.
TensorComparison compare_tensors(const std::string& dtype, std::span<const std::byte> golden,
                                 std::span<const std::byte> candidate, const Tolerance& tolerance);

}  // namespace modelgate
