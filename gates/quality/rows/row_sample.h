#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "gates/quality/rows/answers.h"

namespace modelgate {

/// So many rows that were labelled and answered alike, of one cluster where rows are clustered.
struct RowKind {
  std::int32_t cluster = 0, label = -1, baseline = -1, candidate = -1;
  std::int64_t count = 0;

  auto operator<=>(const RowKind&) const = default;
};

/// Some of the joined rows: all, those of a slice, or those that were taken before a look.
class RowSample {
 public:
  explicit RowSample(const Answers& answers) : answers_(&answers) {}
  /// The rows of these numbers, rising.
  RowSample(const Answers& answers, Column<std::uint32_t> chosen)
      : answers_(&answers), chosen_(std::move(chosen)), is_all_(false) {}

  const Answers& answers() const { return *answers_; }
  bool clustered() const { return answers_->clustered; }
  std::size_t size() const { return is_all_ ? answers_->size() : chosen_.size(); }
  /// The number of a row among the joined ones.
  std::size_t number(std::size_t i) const { return is_all_ ? i : chosen_[i]; }
  Row operator[](std::size_t i) const { return answers_->row(number(i)); }

  /// All kinds of rows, sorted: what every metric of classes rests on. Counted once, at the first call; not
  /// from two threads.
  const std::vector<RowKind>& kinds() const;
  /// The rows that were among the first so many taken.
  RowSample taken_by(std::int64_t rows) const;

 private:
  const Answers* answers_;
  Column<std::uint32_t> chosen_;
  bool is_all_ = true;
  mutable std::optional<std::vector<RowKind>> kinds_;
};

}  // namespace modelgate
