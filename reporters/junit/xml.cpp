#include "reporters/junit/xml.h"

#include <algorithm>

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// One character, made printable. '>' too, because "]]>" must not stand in content.
std::string escaped(std::string_view character) {
  if (character == "&") return "&amp;";
  if (character == "<") return "&lt;";
  if (character == ">") return "&gt;";
  if (character == "\"") return "&quot;";
  if (character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf") return "\xef\xbf\xbd";  // U+FFFE, U+FFFF
  return std::string(character);
}

std::string within(std::string_view text, std::size_t most_bytes, bool one_line) {
  std::string all;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_character(text), 1);
    const std::string_view character = text.substr(0, length);
    const bool stays = !one_line && (character == "\n" || character == "\t");
    const bool line_end = !one_line && text.starts_with("\r\n");
    std::string written;
    if (stays)
      written = character;
    else if (!line_end)
      written = escaped(printable(character));
    if (all.size() + written.size() > most_bytes) return all + "…";
    all += written;
    text.remove_prefix(length);
  }
  return all;
}

}  // namespace

std::string xml_attribute(std::string_view text, std::size_t most_bytes) {
  return within(text, most_bytes, true);
}

std::string xml_text(std::string_view text, std::size_t most_bytes) {
  return within(text, most_bytes, false);
}

}  // namespace modelgate
