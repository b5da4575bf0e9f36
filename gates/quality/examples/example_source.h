#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gates/quality/rows/answer_file.h"
#include "schemas/rows/whole_rows.h"

namespace modelgate {

/// One of the files: what its fields are called, and the whole of the chosen rows, by their numbers. Of rows
/// that are not there as text the whole is what was asked for. The file must outlive this.
class ExampleSource {
 public:
  ExampleSource(const AnswerFile& file, const std::vector<std::size_t>& rows);

  const std::optional<WholeRow>& row(std::size_t i) const { return whole_[i]; }
  /// What we call a field of the file.
  std::string our_name(const std::string& name) const;
  /// As JSON; empty if there is none.
  std::string value_of(std::size_t i, const std::string& ours) const;
  /// Those of what is to be redacted that hid something; all, where it is not known which fields the rows
  /// have.
  std::set<std::string> redacted() const;

 private:
  void take_what_was_read(const AnswerFile& file, const std::vector<std::size_t>& rows,
                          const std::vector<std::size_t>& unread);

  const RowRequest& request_;
  std::vector<std::optional<WholeRow>> whole_;
  bool are_all_whole_ = true;
};

}  // namespace modelgate
