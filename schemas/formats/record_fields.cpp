#include "schemas/formats/record_fields.h"

#include <algorithm>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::array<std::string_view, record_fields> own_names = {
    "id",  "label",  "prediction", "score",  "scores",  "output", "reference",
    "nll", "tokens", "metrics",    "slices", "cluster", "sample", "error"};

}  // namespace

std::string_view name_of(RecordField field) { return own_names[static_cast<std::size_t>(field)]; }

RecordFieldNames::RecordFieldNames(const FieldNames& other) {
  std::copy(own_names.begin(), own_names.end(), names_.begin());
  const auto index_of = [](const auto& names, std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  for (const auto& [ours, theirs] : other) {
    const std::size_t own = index_of(own_names, ours);
    if (own == record_fields)
      throw usage_error("", "there is no field '" + beginning(ours) + "' of records",
                        did_you_mean(ours, {own_names.begin(), own_names.end()}));
    names_[own].clear();
  }
  for (const auto& [ours, theirs] : other) {
    if (const std::size_t taken = index_of(names_, theirs); taken < record_fields) {
      if (other.contains(std::string(own_names[taken])))
        throw usage_error("", "two fields of records are read from '" + beginning(theirs) + "'");
      // What stands under one of our names is read as the other field alone.
      names_[taken].clear();
    }
    names_[index_of(own_names, ours)] = theirs;
  }
}

std::optional<RecordField> RecordFieldNames::find(std::string_view name) const {
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (!name.empty() && names_[i] == name) return static_cast<RecordField>(i);
  return std::nullopt;
}

}  // namespace modelgate
