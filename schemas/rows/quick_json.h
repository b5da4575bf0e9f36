#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/rows/row_block.h"

namespace modelgate {

/// Reads rows of JSON that are laid out like one that was read before: the same keys in the same order, with
/// the same blanks. Programs write rows so, and comparing bytes is several times as fast as parsing. What
/// differs, or holds an escape or a character beyond ASCII, is left to the parser. Internal to schemas/rows.
class QuickJson {
 public:
  explicit QuickJson(const std::vector<RowField>& fields) : fields_(fields) {}

  /// Reads the row that begins at `at` up to the end of its line, and sets `at` behind that. False where it
  /// is laid out otherwise; then nothing was added. 64 bytes behind `end` can be read.
  bool read(const char*& at, const char* end, RowBlock& block);

  /// Learns the layout of a line that the parser took.
  void learn(std::string_view line);

 private:
  enum class Kind : std::uint8_t { text, number, part };
  struct Value {
    std::string before;  ///< What stands before it.
    Kind kind = Kind::text;
    std::vector<const RowField*> fields;  ///< That it is read as; mostly one or none.
  };
  struct Layout {
    std::vector<Value> values;
    std::string after;  ///< What stands behind the last value, up to the end of the line.
  };

  bool read_by(const Layout& layout, const char*& at, const char* end, RowBlock& block);
  bool read_part(const char*& at, const char* end, int level);
  bool layout_of(std::string_view line, Layout& layout) const;
  bool add_part(std::string_view line, std::size_t& at, const std::string& before, Layout& layout,
                std::vector<const RowField*> fields) const;
  bool asks_within(const std::vector<std::string>& path) const;
  std::vector<const RowField*> fields_at(const std::vector<std::string>& path) const;

  const std::vector<RowField>& fields_;
  std::vector<Layout> layouts_;
  std::size_t last_ = 0;
  std::string part_;  ///< The last list or map that was read, without blanks.
};

}  // namespace modelgate
