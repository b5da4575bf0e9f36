#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/rows/row_columns.h"

namespace modelgate {

/// Some texts of a file, in its order, and where they stand.
struct TextBlock {
  TextColumn texts;
  std::vector<std::int64_t> lines;  ///< In the file, from 1.

  std::size_t size() const { return lines.size(); }
  std::string_view text(std::size_t i) const { return texts.at(i); }
};

/// What a file of texts is.
enum class TextLayout {
  rows,  ///< JSON, CSV or TSV, of which one field is the text.
  lines  ///< A text in each line.
};

/// By the name: lines in a file called .txt (also .txt.gz or .txt.zst), otherwise rows.
TextLayout text_layout_of(const std::filesystem::path& file);

/// Hands every text of one file over, in blocks, from several threads at once and in no order; only a few
/// blocks are in memory at a time. `field` is a path as in RowRequest. Returns how many texts there are; an
/// empty cell of CSV is an empty text, an empty line none. Errors: those of open_bytes(), whatever `take`
/// throws; kind usage with file:line for a malformed row and for a row or header without the field, the first
/// in the file.
std::int64_t stream_texts(const std::filesystem::path& file, TextLayout layout, const std::string& field,
                          int threads, const std::function<void(const TextBlock&)>& take);

}  // namespace modelgate
