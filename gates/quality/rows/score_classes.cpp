#include "gates/quality/rows/score_classes.h"

#include <simdjson.h>

#include "schemas/rows/whole_rows.h"

namespace modelgate {
namespace {

const std::string scores = "scores";

/// The names of a map, or the numbers of a list.
void add_classes(simdjson::dom::parser& parser, std::string_view text, std::set<std::string>& classes) {
  simdjson::dom::element element;
  if (parser.parse(simdjson::padded_string(text)).get(element) != simdjson::SUCCESS) return;
  if (simdjson::dom::object map; element.get_object().get(map) == simdjson::SUCCESS) {
    for (const auto& [name, score] : map) classes.emplace(name);
  } else if (simdjson::dom::array list; element.get_array().get(list) == simdjson::SUCCESS) {
    for (std::size_t i = 0; i < list.size(); ++i) classes.insert(std::to_string(i));
  }
}

/// Of a table every row has the columns "scores.NAME".
void add_columns(const AnswerFile& file, std::set<std::string>& classes) {
  const auto other = file.request.names.find(scores);
  const std::string prefix = (other == file.request.names.end() ? scores : other->second) + ".";
  for (const auto& row : whole_rows_of(file.path, file.request, {{0, file.table.keys[0]}}))
    if (row)
      for (const WholeRow::Field& field : row->fields)
        if (field.name.starts_with(prefix)) classes.insert(field.name.substr(prefix.size()));
}

}  // namespace

void ask_for_classes(RowRequest& request) {
  request.words = {"label", "prediction"};
  request.texts = {scores};
}

std::set<std::string> classes_in(const AnswerFile& file) {
  std::set<std::string> classes;
  if (file.table.size() == 0) return classes;
  for (const WordColumn& column : file.table.words) classes.insert(column.words.begin(), column.words.end());
  const TextColumn& texts = file.texts(scores);
  simdjson::dom::parser parser;
  bool any = false;
  for (std::size_t i = 0; i < file.table.size(); ++i)
    if (texts.has(i)) {
      any = true;
      add_classes(parser, texts.at(i), classes);
    }
  if (!any) add_columns(file, classes);
  return classes;
}

}  // namespace modelgate
