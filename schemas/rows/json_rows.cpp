#include "schemas/rows/json_rows.h"

#include <array>
#include <charconv>

#include "schemas/rows/row_key.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t maximum_line_bytes = 64u << 20;
constexpr std::size_t maximum_fields = 1000;

/// simdjson's own words are sentences for programmers.
std::string words_for(simdjson::error_code failure) {
  switch (failure) {
    case simdjson::TAPE_ERROR:
      return "a comma, colon or bracket is wrong or missing";
    case simdjson::DEPTH_ERROR:
      return "it is nested too deeply";
    case simdjson::STRING_ERROR:
    case simdjson::UNESCAPED_CHARS:
      return "a text holds a character or escape that it must not";
    case simdjson::UNCLOSED_STRING:
      return "a text is not closed";
    case simdjson::NUMBER_ERROR:
      return "a number is malformed or too large";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR:
      return "a value is none of true, false and null";
    case simdjson::UTF8_ERROR:
      return "it is not UTF-8";
    default:
      return simdjson::error_message(failure);
  }
}

}  // namespace

bool JsonRowReader::fail(std::string what, std::string hint) {
  what_ = std::move(what);
  hint_ = std::move(hint);
  return false;
}

bool JsonRowReader::fail(const RowField& field, const std::string& what) {
  return fail("'" + beginning(field.name) + "' " + what);
}

bool JsonRowReader::read(std::string_view line, std::size_t readable, RowBlock& block) {
  block.begin_row();
  element row;
  const bool is_read = parse(line, readable, row) && take_all(row, block);
  if (is_read && block.end_row()) return true;
  block.drop_row();
  return is_read ? fail("has no id", "Every row needs one, a text or a whole number.") : false;
}

bool JsonRowReader::parse(std::string_view line, std::size_t readable, element& row) {
  if (line.size() > maximum_line_bytes) return fail("is longer than 64 MiB");
  // simdjson looks at some bytes behind the text.
  if (readable < line.size() + simdjson::SIMDJSON_PADDING) {
    buffer_.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    buffer_.assign(line);
    line = buffer_;
  }
  if (const auto failure = parser_.parse(line.data(), line.size(), false).get(row))
    return fail(std::string("is not valid JSON: ") + words_for(failure));
  return true;
}

bool JsonRowReader::take_all(const element& row, RowBlock& block) {
  simdjson::dom::object object;
  if (row.get_object().get(object)) return fail("is not a JSON object");
  std::size_t count = 0;
  std::array<std::string_view, 64> seen;
  std::size_t seen_count = 0;
  for (const auto [key, value] : object) {
    if (++count > maximum_fields) return fail("has more than " + std::to_string(maximum_fields) + " fields");
    bool wanted = false;
    for (const RowField& field : fields_) {
      if (field.parts.front() != key) continue;
      if (!wanted) {
        for (std::size_t i = 0; i < seen_count; ++i)
          if (seen[i] == key) return fail("has the field '" + beginning(key) + "' twice");
        if (seen_count < seen.size()) seen[seen_count++] = key;
        wanted = true;
      }
      if (field.parts.size() == 1 ? !take(field, value, block) : !take_part(field, value, block))
        return false;
    }
  }
  return true;
}

bool JsonRowReader::take_part(const RowField& field, const element& value, RowBlock& block) {
  if (value.is_null()) return true;
  simdjson::dom::array list;
  if (!value.get_array().get(list)) {
    // The parts of a list are called by their places.
    std::size_t place = 0;
    const std::string& wanted = field.parts[1];
    const auto [end, failure] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), place);
    if (failure != std::errc() || end != wanted.data() + wanted.size()) return true;
    element part;
    return list.at(place).get(part) ? true : take(field, part, block);
  }
  simdjson::dom::object map;
  if (value.get_object().get(map))
    return fail("'" + beginning(field.parts.front()) + "' must be a map or a list");
  bool found = false;
  for (const auto [name, part] : map) {
    if (name != field.parts[1]) continue;
    if (found) return fail("'" + beginning(field.parts.front()) + "' has '" + beginning(name) + "' twice");
    found = true;
    if (!take(field, part, block)) return false;
  }
  return true;
}

bool JsonRowReader::words_of(const RowField& field, const element& value, std::string_view& text) {
  if (!value.get_string().get(text)) return true;
  std::int64_t whole = 0;
  if (!value.get_int64().get(whole)) {
    number_ = std::to_string(whole);
  } else if (value.is_uint64() || value.is_double() || value.is_bool()) {
    number_ = simdjson::minify(value);
  } else {
    return fail(field, "must be text, a number or a boolean");
  }
  text = number_;
  return true;
}

bool JsonRowReader::take_number(const RowField& field, const element& value, RowBlock& block) {
  double number = 0;
  bool is_true = false;
  if (field.form == FieldForm::lenient && !value.get_bool().get(is_true)) {
    block.number(field.column, is_true ? 1 : 0);
    return true;
  }
  if (value.get_double().get(number)) return fail(field, "must be a number");
  block.number(field.column, number);
  return true;
}

bool JsonRowReader::take(const RowField& field, const element& value, RowBlock& block) {
  std::string_view text;
  if (field.role == FieldRole::id) {
    if (!value.is_string() && !value.is_int64() && !value.is_uint64())
      return fail("'id' must be text or a whole number");
    if (!words_of(field, value, text)) return false;
    if (text.empty()) return fail("'id' is empty");
    block.id(text);
    return true;
  }
  if (value.is_null()) return true;  // null says that there is none
  const bool is_text_field = field.role == FieldRole::word || field.role == FieldRole::text;
  if (field.form == FieldForm::lenient && is_text_field && (value.is_array() || value.is_object()))
    return true;
  switch (field.role) {
    case FieldRole::id:
      break;
    case FieldRole::sample: {
      std::int64_t number = 0;
      if (field.form == FieldForm::name_of_sample && !value.get_string().get(text)) {
        if (text != "none") block.sample(sample_called(text));
        break;
      }
      if (value.get_int64().get(number)) return fail(field, "must be a whole number");
      block.sample(number);
      break;
    }
    case FieldRole::cluster:
      if (!words_of(field, value, text)) return false;
      block.cluster(text);
      break;
    case FieldRole::error:
      if (!words_of(field, value, text)) return false;
      block.error(text);
      break;
    case FieldRole::word:
      if (!words_of(field, value, text)) return false;
      block.word(field.column, text);
      break;
    case FieldRole::number:
      return take_number(field, value, block);
    case FieldRole::text:
    case FieldRole::digest:
      if (value.get_string().get(text)) {
        // Lists of references or of ranked ids are texts too: those of their JSON.
        number_ = simdjson::minify(value);
        text = number_;
      }
      return give_text(field, text, block);
  }
  return true;
}

}  // namespace modelgate
