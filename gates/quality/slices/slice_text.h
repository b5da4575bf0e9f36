#pragma once

#include <string>
#include <vector>

namespace modelgate {

/// A field that parts the rows: each of its values is a slice, or each bin of its numbers.
struct SliceField {
  std::string name;           ///< As written: "lang", "slices.lang", "metrics.length".
  std::vector<double> edges;  ///< Of the bins, rising; empty: no bins.

  /// What the verdict's slices call it: "lang" for "slices.lang", too.
  std::string shown() const;
  /// "below 0", "0 to below 10", "10 and above": one more than there are edges.
  std::vector<std::string> bins() const;
  /// The bin of a finite number: bins are half-open, an edge belongs to the bin above it.
  std::size_t bin_of(double number) const;

  bool operator==(const SliceField&) const = default;
};

/// The fields whose values together part the rows: one, or a crossing of several.
using Slicing = std::vector<SliceField>;

/// Reads FIELD, FIELD[EDGE,EDGE,…] or several of them with '*' between. A backslash takes the character
/// behind it as a part of the name. Errors: kind usage at `where`, such as "--slice 'lang*'".
Slicing parse_slicing(const std::string& text, const std::string& where);

/// The fields' names as shown, sorted: two slicings with the same names would give slices of the same names.
std::vector<std::string> shown_names(const Slicing& slicing);

}  // namespace modelgate
