#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/rows/row_request.h"

namespace modelgate {

/// What becomes of a field.
enum class FieldRole : std::uint8_t { id, sample, cluster, error, word, number, text, digest };

/// How a value may be written.
enum class FieldForm : std::uint8_t {
  plain,          ///< As the field's role says.
  lenient,        ///< A list or map is no text, and so no value; a boolean is the number 0 or 1.
  name_of_sample  ///< A text that stands for the number of a sample; "none" for no sample.
};

/// A field that is read: its path in the file, and where it goes.
struct RowField {
  FieldRole role = FieldRole::id;
  std::size_t column = 0;  ///< Among the columns of its role.
  std::string path;        ///< In the file: "answer", "slices.lang".
  std::string name;        ///< What messages call it: "prediction", "slices.lang".

  /// The path's parts, split at the dots.
  std::vector<std::string> parts;
  FieldForm form = FieldForm::plain;
  bool redacted = false;        ///< Its values must not be shown.
  bool beside_secrets = false;  ///< Those of some field must not, and so no line.
};

/// The fields that a request reads, id, sample, cluster and error among them. Errors: kind usage for a name
/// that stands for two of them, or for a field that is not among `known` in request.names.
std::vector<RowField> fields_of(const RowRequest& request);

/// The fields of a row that are ours.
const std::vector<std::string>& known_row_fields();

}  // namespace modelgate
