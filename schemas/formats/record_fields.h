#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/formats/records.h"

namespace modelgate {

/// The fields of a row that are ours, in the order of name_of(). Internal to schemas/formats.
enum class RecordField {
  id,
  label,
  prediction,
  score,
  scores,
  output,
  reference,
  nll,
  tokens,
  metrics,
  slices,
  cluster,
  sample,
  error
};

inline constexpr std::size_t record_fields = 14;

std::string_view name_of(RecordField field);

/// What each field is called in a file.
class RecordFieldNames {
 public:
  /// `other` as for read_records(). Errors: kind usage for a field that is not ours, or a name that stands
  /// for two of them.
  explicit RecordFieldNames(const FieldNames& other);

  std::optional<RecordField> find(std::string_view name) const;

 private:
  std::array<std::string, record_fields> names_;
};

}  // namespace modelgate
