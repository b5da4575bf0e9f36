#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "runners/exec/rows.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// The options of rows that are taken in looks: at which numbers of rows a gate may look, and which part of
/// that is measured now.
struct RowLooks {
  std::vector<std::string> looks;  ///< As typed; empty: all rows at once, in the order of the input.
  std::int64_t until = 0;          ///< Stop after this row; 0: after the last look.
  bool add = false;                ///< To what the output folder holds.
  std::int64_t seed = 0;           ///< Of the order; 0: a random one, or with `add` the one before.

  void declare(OptionSet& options);
  bool are_declared() const { return !looks.empty(); }
  /// The looks as numbers, rising. Errors: kind usage.
  std::vector<std::int64_t> numbers() const;
  /// The number of rows after which to stop; 0 without looks. Errors: kind usage, also for options that mean
  /// nothing without looks.
  std::int64_t end() const;
};

/// The rows of an input in the order in which they are asked.
class AskedRows {
 public:
  /// All, in the order of the file. Errors: as of InputRows.
  explicit AskedRows(const std::filesystem::path& input);
  /// The first `rows` of a random order that depends on the seed and the names of the units alone (a row's
  /// cluster if it names one, otherwise its id), so that files of the same rows in another order give the
  /// same. The rows of a unit stay together, in the order of the file. Errors: as of InputRows, and kind
  /// usage if there are fewer.
  AskedRows(const std::filesystem::path& input, std::int64_t seed, std::int64_t rows);

  const InputRows& input() const { return input_; }
  /// Places in the input.
  std::span<const std::size_t> order() const { return order_; }
  RowName name(std::size_t turn) const;

 private:
  InputRows input_;
  std::vector<std::size_t> order_;
};

/// Both must ask the same rows in the same order. Errors: kind usage.
void require_same_rows(const AskedRows& candidate, const AskedRows& baseline);

}  // namespace modelgate
