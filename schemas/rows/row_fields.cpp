#include "schemas/rows/row_fields.h"

#include <algorithm>
#include <set>

#include "schemas/rows/redaction.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts;
  // A class may be called "a.b", so that only the first dot parts.
  const std::size_t dot = path.find('.');
  parts.push_back(path.substr(0, dot));
  if (dot != std::string::npos) parts.push_back(path.substr(dot + 1));
  return parts;
}

void check_names(const FieldNames& names) {
  const std::vector<std::string>& known = known_row_fields();
  std::set<std::string> taken;
  for (const auto& [ours, theirs] : names) {
    if (std::find(known.begin(), known.end(), ours) == known.end())
      throw usage_error("", "there is no field '" + beginning(ours) + "' of records",
                        did_you_mean(ours, known));
    if (!taken.insert(theirs).second)
      throw usage_error("", "two fields of records are read from '" + beginning(theirs) + "'");
  }
}

}  // namespace

const std::vector<std::string>& known_row_fields() {
  static const std::vector<std::string> known = {"id",     "label",     "prediction", "score",  "scores",
                                                 "output", "reference", "nll",        "tokens", "metrics",
                                                 "slices", "cluster",   "sample",     "error",  "input"};
  return known;
}

std::vector<RowField> fields_of(const RowRequest& request) {
  check_names(request.names);
  std::vector<RowField> fields;
  const auto add = [&](FieldRole role, std::size_t column, const std::string& name) {
    RowField field{role, column, name, name, parts_of(name)};
    field.redacted = is_redacted(request, name);
    field.name = shown_name(request, name);
    field.beside_secrets = !request.redacted.empty();
    if (const auto other = request.names.find(field.parts.front()); other != request.names.end()) {
      field.path = other->second + name.substr(field.parts.front().size());
      field.parts = parts_of(field.path);
    } else {
      // What stands under one of our names is read as the other field alone.
      for (const auto& [ours, theirs] : request.names)
        if (theirs == field.parts.front()) return;
    }
    fields.push_back(std::move(field));
  };
  add(FieldRole::id, 0, "id");
  add(FieldRole::sample, 0, "sample");
  add(FieldRole::cluster, 0, "cluster");
  add(FieldRole::error, 0, "error");
  for (std::size_t i = 0; i < request.words.size(); ++i) add(FieldRole::word, i, request.words[i]);
  for (std::size_t i = 0; i < request.numbers.size(); ++i) add(FieldRole::number, i, request.numbers[i]);
  for (std::size_t i = 0; i < request.texts.size(); ++i) add(FieldRole::text, i, request.texts[i]);
  for (std::size_t i = 0; i < request.digests.size(); ++i) add(FieldRole::digest, i, request.digests[i]);
  return fields;
}

}  // namespace modelgate
