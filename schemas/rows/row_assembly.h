#pragma once

#include "schemas/rows/row_block.h"
#include "schemas/rows/row_table.h"

namespace modelgate {

/// Puts blocks together, in their order.
class RowAssembly {
 public:
  RowAssembly(std::string name, const RowRequest& request);

  /// Makes room; a guess.
  void expect(std::size_t rows);
  /// Takes what the block holds.
  void add(RowBlock& block);
  /// The whole.
  RowTable table() &&;
  std::size_t rows() const { return table_.keys.size(); }

 private:
  void add_keys(RowBlock& block, std::size_t before);

  RowTable table_;
  std::vector<WordNumbering> numberings_;
  std::size_t expected_ = 0;
  bool has_samples_ = false, has_clusters_ = false;
};

}  // namespace modelgate
