#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace modelgate {

/// The rows of a records file, any of which can be answered wrong or right instead of as they are. What is
/// not of the answer (prediction, score, scores) stays as it was written, byte for byte.
class AnswerRows {
 public:
  /// `names` as the gate's setting `fields`: what a field is called in the file. Errors: kind usage with the
  /// line for one that is no JSON object; kind infrastructure if the file cannot be read.
  AnswerRows(const std::filesystem::path& file, const std::map<std::string, std::string>& names);
  ~AnswerRows();
  AnswerRows(AnswerRows&&) noexcept;

  /// Rows of one slice (or all), in an order in which every beginning holds the labels in equal shares.
  struct Part {
    std::vector<std::size_t>
        right;  ///< Answered as labelled; where rows carry only a score, all with a label.
    std::vector<std::size_t> wrong;
  };
  Part part(const std::map<std::string, std::string>& slice) const;
  /// The same of the rows that are in none of the slices.
  Part rest(const std::vector<std::map<std::string, std::string>>& slices) const;

  /// Every field of slices with each of its values.
  std::vector<std::pair<std::string, std::string>> slices() const;

  enum class Answer : char { as_it_is, wrong, right };
  std::size_t size() const;
  /// The file with these answers, one for each row.
  std::string text(const std::vector<Answer>& answers) const;
  /// A row as it is written.
  std::string_view line(std::size_t row) const;

 private:
  struct Row;
  bool is_in(const Row& row, const std::map<std::string, std::string>& slice) const;
  Part part_of(const std::vector<std::size_t>& rows) const;
  std::string changed(std::size_t row, Answer answer) const;
  std::string name(const std::string& field) const;

  std::map<std::string, std::string> names_;
  std::vector<Row> rows_;
  std::vector<std::pair<std::string, std::string>> labels_;  // as text, in order, and as JSON
  double lowest_score_ = 0, highest_score_ = 0;
};

}  // namespace modelgate
