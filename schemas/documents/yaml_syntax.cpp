#include "schemas/documents/yaml_syntax.h"

#include <algorithm>

#include "schemas/documents/node.h"
#include "schemas/documents/place.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

struct Slip {
  std::string what, hint;
};

/// True when the line of that byte is indented with a tab.
bool is_indented_by_tab(std::string_view text, std::size_t offset) {
  const std::size_t line_break = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t begin = line_break == std::string_view::npos ? 0 : line_break + 1;
  const std::size_t end = text.find_first_not_of(" \t", begin);
  return text.substr(begin, end - begin).find('\t') != std::string_view::npos;
}

std::string character_at(std::string_view text, std::size_t offset) {
  return std::string(text.substr(offset, utf8_character(text.substr(offset))));
}

Slip slip_of(std::string_view text, std::size_t offset, const std::string& words) {
  namespace Words = YAML::ErrorMsg;
  const auto says = [&](const char* what) { return words.starts_with(what); };
  if (says(Words::TAB_IN_INDENTATION) || is_indented_by_tab(text, offset))
    return {"a tab stands in the indentation", "Use blanks."};
  if (says(Words::MAP_VALUE) || says(Words::MAP_KEY))
    return {"a ':' stands where no key can be",
            "Check the indentation of this line and the one before; a text that holds ': ' needs quotes."};
  if (says(Words::END_OF_MAP_FLOW) || says(Words::END_OF_SEQ_FLOW))
    return {std::string("a '") + (says(Words::END_OF_MAP_FLOW) ? '{' : '[') + "' before this is not closed",
            "Texts with commas or brackets need quotes."};
  if (says(Words::END_OF_MAP) || says(Words::END_OF_SEQ) || says(Words::BLOCK_ENTRY))
    return {"this does not fit in with what stands before it", "Check the indentation and the quotes."};
  if (says(Words::FLOW_END)) return {"a '}' or ']' closes nothing", "Remove it, or put the text in quotes."};
  if (says(Words::UNKNOWN_TOKEN))
    return {"a value cannot begin with '" + character_at(text, offset) + "'", "Put the text in quotes."};
  if (says(Words::INVALID_ESCAPE) || says(Words::INVALID_HEX) || says(Words::INVALID_UNICODE))
    return {"a text in double quotes holds a backslash that begins no escape of YAML",
            "Write \\\\ for a backslash, or use single quotes."};
  if (says(Words::UNKNOWN_ANCHOR) || says(Words::CHAR_IN_ALIAS) || says(Words::ALIAS_NOT_FOUND))
    return {"aliases (*name) are not allowed", "Write the value out, or put the text in quotes."};
  if (says(Words::CHAR_IN_ANCHOR) || says(Words::ANCHOR_NOT_FOUND))
    return {"anchors (&name) are not allowed", "Write the value out, or put the text in quotes."};
  if (says(Words::EOF_IN_SCALAR) || says(Words::DOC_IN_SCALAR)) return {"a text in quotes is not closed", ""};
  if (says(Words::BAD_FILE))
    return {"is nested deeper than " + std::to_string(maximum_depth) + " levels", ""};
  return {"not valid YAML: " + words, ""};
}

}  // namespace

void expect_yaml_characters(std::string_view text, const std::string& file) {
  expect_text(text, file);
  const auto control = std::find_if(text.begin(), text.end(), [](char c) {
    return (c >= 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
  });
  if (control != text.end())
    throw usage_error(place_in(text, static_cast<std::size_t>(control - text.begin()), file),
                      "holds a control character (" + printable({control, 1}) + "), which no YAML may",
                      "Write it as an escape in double quotes.");
}

bool is_closed(std::string_view text, std::size_t offset) {
  const char quote = text[offset];
  if (quote != '"' && quote != '\'') return true;  // a block
  for (std::size_t i = offset + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 == text.size() || text[i + 1] != quote) return true;
      ++i;  // two single quotes stand for one
    }
  }
  return false;
}

Error yaml_syntax_error(std::string_view text, const YAML::Exception& error, const std::string& file) {
  const std::size_t skipped = text.starts_with("\xef\xbb\xbf") ? 3 : 0;  // yaml-cpp counts from behind it
  const std::size_t offset =
      error.mark.is_null() ? 0 : std::min(static_cast<std::size_t>(error.mark.pos) + skipped, text.size());
  const Slip slip = slip_of(text, offset, error.msg);
  return usage_error(place_in(text, offset, file), slip.what, slip.hint);
}

}  // namespace modelgate
