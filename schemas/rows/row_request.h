#pragma once

#include <map>
#include <string>
#include <vector>

namespace modelgate {

/// Other names for fields: {"prediction", "answer"} reads `prediction` from the field `answer`.
using FieldNames = std::map<std::string, std::string>;

/// What is wanted of every row besides its id, sample, cluster and error. A field is named by its path:
/// "label", "slices.lang", "scores.refund" (of a list: "scores.0"), "metrics.bleu", or any other that rows
/// carry. In CSV the path is the name of a column.
struct RowRequest {
  /// Read as words: texts, or the text of whole numbers and booleans (7 and "7" are the same).
  std::vector<std::string> words;
  std::vector<std::string> numbers;
  /// Long ones, of which hardly two are alike. A list or map of JSON, a number or boolean is the text of its
  /// JSON, without blanks: ["a","b"]. In CSV that is the cell.
  std::vector<std::string> texts;
  FieldNames names;  ///< By the path's first part.
  /// Texts, as above, of which only a digest is kept, to tell whether two are the same.
  std::vector<std::string> digests = {};
  /// Fields whose values no message may show, by our name or the file's; see redaction.h.
  std::vector<std::string> redacted = {};
};

}  // namespace modelgate
