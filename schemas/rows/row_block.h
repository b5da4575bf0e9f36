#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/rows/row_fields.h"
#include "schemas/rows/row_key.h"
#include "schemas/rows/row_table.h"
#include "schemas/rows/word_numbering.h"

namespace modelgate {

/// Some rows of a file, read apart from the others.
class RowBlock {
 public:
  /// What is wrong with a row.
  struct Problem {
    std::int64_t line = 0;  ///< Of the block, from 0.
    std::string what, hint;
  };

  RowBlock(std::size_t words, std::size_t numbers, std::size_t texts, std::size_t digests = 0);

  /// Adds an empty row, to which the values given then belong.
  void begin_row() {
    if (keeps_lines) row_lines_.resize(rows(), 0), row_lines_.push_back(lines);
    has_id_ = false;
    sample_.reset();
    cluster_.reset();
  }
  void id(std::string_view text) { id(key_of_id(text)); }
  void id(std::uint64_t key) {
    id_ = key;
    has_id_ = true;
  }
  void sample(std::int64_t number);
  void cluster(std::string_view text);
  void error(std::string_view reason);
  void word(std::size_t column, std::string_view text) {
    Words& words = words_[column];
    if (words.codes.size() < rows()) words.codes.resize(rows(), WordColumn::none);
    words.codes.push_back(words.numbering.number(text));
  }
  void number(std::size_t column, double value) {
    Column<double>& values = numbers_[column].values;
    if (values.size() < rows()) values.resize(rows(), NumberColumn::none);
    values.push_back(value);
  }
  void text(std::size_t column, std::string_view value);
  void digest(std::size_t column, std::string_view value) {
    DigestColumn& digests = digests_[column];
    if (digests.size() < rows()) digests.resize(rows(), 0);
    digests.push_back(digest_of_text(value));
  }
  /// Closes the row. False if it has no id.
  bool end_row() {
    if (!has_id_ && needs_id) return false;
    if (sample_ || cluster_ || has_samples_ || has_clusters_) return end_grouped_row();
    keys_.push_back(id_);
    return true;
  }
  /// As if new, but for the memory.
  void clear();
  /// Takes back what was given to a row that is not closed.
  void drop_row();

  std::size_t rows() const { return keys_.size(); }

  /// The line of a row, of the block, from 0; and what is written in a field. `keeps_lines` was set before.
  std::int64_t line_of(std::size_t row) const { return row_lines_[row]; }
  std::string word_of(std::size_t column, std::size_t row) const;
  /// May be shorter than the rows: the last ones then have none.
  const TextColumn& texts(std::size_t column) const { return texts_[column]; }

  bool keeps_lines = false;        ///< Remembers where each row stands.
  bool needs_id = true;            ///< Rows without one are refused.
  std::int64_t lines = 0;          ///< That the block takes in the file.
  std::optional<Problem> problem;  ///< Of the first row that has one; those before it are whole.

 private:
  friend class RowAssembly;
  static constexpr std::size_t kept_reasons = 3;

  bool end_grouped_row();

  struct Words {
    Column<std::int32_t> codes;
    WordNumbering numbering;
  };

  std::vector<std::int64_t> row_lines_;
  Column<std::uint64_t> keys_, ids_, clusters_;
  std::vector<FailedRow> failed_;
  std::vector<Words> words_;
  std::vector<NumberColumn> numbers_;
  std::vector<TextColumn> texts_;
  std::vector<DigestColumn> digests_;
  std::uint64_t id_ = 0;
  bool has_id_ = false, has_samples_ = false, has_clusters_ = false;
  std::optional<std::int64_t> sample_;
  std::optional<std::uint64_t> cluster_;
};

/// Gives the row what a field of text says. False for a field of a number, and for an id of no letter.
bool give_text(const RowField& field, std::string_view text, RowBlock& block);

}  // namespace modelgate
