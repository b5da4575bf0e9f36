#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gates/quality/rows/answer_file.h"
#include "gates/quality/rows/answers.h"

namespace modelgate {

/// What the field of test texts is called: "input".
inline constexpr const char* test_text_field = "input";

/// The texts of the examples that the candidate answered, by rising key of their ids: the same in any order
/// of the rows. Several samples of an id are one example; rows with an error are none.
class TestTexts {
 public:
  /// From the candidate's rows, of which the field was requested, or, if `file` is named, from its rows by
  /// id. Rows without a text, and ids that the file lacks or repeats, go into `problems`. Errors: those of
  /// read_rows(). The candidate must outlive this.
  TestTexts(const AnswerFile& candidate, const std::string& file, std::vector<DataProblem>& problems);

  const std::vector<std::string_view>& texts() const { return texts_; }
  /// The first row of the candidate's file with the example.
  std::uint32_t row_of(std::size_t text) const { return rows_[text]; }
  /// By row of the candidate's file: its example, or `none`.
  const std::vector<std::uint32_t>& text_of_row() const { return text_of_row_; }
  static constexpr std::uint32_t none = ~std::uint32_t{0};

 private:
  void take_own(const AnswerFile& candidate, std::vector<DataProblem>& problems);
  void take_from(const AnswerFile& candidate, std::vector<DataProblem>& problems);
  void number_examples(const AnswerFile& candidate);

  AnswerFile file_;
  std::vector<std::string_view> texts_;
  std::vector<std::uint32_t> rows_, text_of_row_;
};

}  // namespace modelgate
