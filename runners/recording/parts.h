#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/measurements.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// The option of a runner whose work several machines can share: --part 2/4.
struct PartOption {
  std::string text;  ///< As typed; empty: all of it.

  void declare(OptionSet& options, const std::string& of_what);
  /// Number and count, without names. Errors: kind usage.
  std::optional<Part> part() const;
};

/// "2/4" as a part of 2 of 4; at most 1000. `option` is named in errors: kind usage.
Part part_from(const std::string& text, const std::string& option);

/// The digest of names, by which parts of the same whole are known.
std::string digest_of_names(const std::vector<std::string>& names);

/// Which of `count` things in their order are this part's: neighbours stay together, and every one is in
/// exactly one part.
struct PartRange {
  std::size_t begin = 0, end = 0;
};
PartRange range_of(const Part& part, std::size_t count);

/// Joins the parts of one measurement into the document that one machine would have written; what differs
/// between their environments is told side by side. Errors: kind infrastructure, with what is wrong, if a
/// part is missing or there twice, or they are of different runners, subjects or names.
Measurements joined_parts(std::vector<Measurements> parts);

}  // namespace modelgate
