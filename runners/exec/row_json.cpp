#include "runners/exec/row_json.h"

#include <stdexcept>

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_line = 64u << 20;
constexpr int deepest = 64;

/// A scalar as the reader of records takes it: 7 and "7" are one label.
std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool same(const Json& a, const Json& b) {
  if (a.is_primitive() && b.is_primitive()) return text_of(a) == text_of(b);
  if (a.type() != b.type() || a.size() != b.size()) return false;
  if (a.is_array()) {
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!same(a[i], b[i])) return false;
    return true;
  }
  for (const auto& [key, value] : a.items())
    if (!b.contains(key) || !same(value, b[key])) return false;
  return true;
}

}  // namespace

std::optional<Json> object_of(std::string_view line) {
  if (line.size() > longest_line) return std::nullopt;
  // The parser does not recurse, but writing does.
  const auto shallow = [](int depth, Json::parse_event_t, Json&) {
    if (depth > deepest) throw std::length_error("too deep");
    return true;
  };
  try {
    Json row = Json::parse(line.begin(), line.end(), shallow);
    if (row.is_object()) return row;
  } catch (const std::exception&) {
  }
  return std::nullopt;
}

std::optional<RowName> name_of_row(const Json& row) {
  RowName name;
  const auto id = row.find("id");
  if (id == row.end() || !(id->is_string() || id->is_number_integer())) return std::nullopt;
  name.id = text_of(*id);
  if (const auto sample = row.find("sample"); sample != row.end()) {
    if (!sample->is_number_integer()) return std::nullopt;
    name.sample = sample->get<std::int64_t>();
  }
  return name;
}

std::optional<std::string> cluster_of_row(const Json& row) {
  const auto cluster = row.find("cluster");
  if (cluster == row.end() || cluster->is_null()) return std::nullopt;
  return text_of(*cluster);
}

std::optional<std::string> carry_over(const Json& input, Json& answer) {
  std::optional<std::string> contradicted;
  const auto say = [&](const std::string& name, const Json& said, Json& place) {
    if (!place.is_null() && !same(place, said) && !contradicted)
      contradicted = name + " is " + shortened(text_of(place)) + ", not " + shortened(text_of(said));
    place = said;
  };
  for (const char* field : {"label", "reference", "cluster", "sample"})
    if (const auto said = input.find(field); said != input.end()) say(field, *said, answer[field]);
  // A model may add slices of its own.
  if (const auto said = input.find("slices"); said != input.end()) {
    Json& slices = answer["slices"];
    if (said->is_object() && slices.is_object())
      for (const auto& [name, value] : said->items()) say("slice " + shortened(name), value, slices[name]);
    else
      say("slices", *said, slices);
  }
  return contradicted;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t enough = 80;
  if (text.size() <= enough) return printable(text);
  std::size_t end = enough;
  // Not within a character.
  while (end > enough - 4 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return printable(text.substr(0, end)) + "…";
}

}  // namespace modelgate
