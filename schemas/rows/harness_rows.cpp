#include "schemas/rows/harness_rows.h"

#include <simdjson.h>

namespace modelgate {

bool is_harness_row(std::string_view line) {
  // Most rows are others, and are not worth parsing.
  for (const char* name : {"\"doc_id\"", "\"target\"", "\"filtered_resps\""})
    if (line.find(name) == std::string_view::npos) return false;
  simdjson::dom::parser parser;
  simdjson::dom::object row;
  const simdjson::padded_string text(line);
  if (parser.parse(text).get_object().get(row)) return false;
  bool has_all = true;
  for (const char* name : {"doc_id", "target", "filtered_resps"})
    has_all = has_all && row.at_key(name).error() == simdjson::SUCCESS;
  return has_all && row.at_key("id").error() != simdjson::SUCCESS;
}

std::vector<RowField> harness_fields(std::vector<RowField> fields) {
  for (RowField& field : fields) {
    if (field.path != field.name) continue;
    const std::string& first = field.parts.front();
    const std::string rest = field.parts.size() > 1 ? field.parts[1] : "";
    if (first == "id") {
      field.parts = {"doc_id"};
    } else if (first == "sample") {
      field.parts = {"filter"};
      field.form = FieldForm::name_of_sample;
    } else if (first == "input") {
      field.parts = {"doc_hash"};
    } else if (first == "label" || first == "reference") {
      field.parts = {"target"};
    } else if (first == "prediction" || first == "output") {
      field.parts = {"filtered_resps", "0"};
      field.form = FieldForm::lenient;
    } else if (first == "metrics" && !rest.empty()) {
      field.parts = {rest};
      field.form = FieldForm::lenient;
    } else if (first == "slices" && !rest.empty()) {
      field.parts =
          rest == "filter" ? std::vector<std::string>{"filter"} : std::vector{std::string("doc"), rest};
    }
  }
  return fields;
}

}  // namespace modelgate
