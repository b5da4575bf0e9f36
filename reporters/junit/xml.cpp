#include "reporters/junit/xml.h"

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// One character of printable text. '>' too, because "]]>" must not stand in content.
std::string escaped(std::string_view character) {
  if (character == "&") return "&amp;";
  if (character == "<") return "&lt;";
  if (character == ">") return "&gt;";
  if (character == "\"") return "&quot;";
  if (character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf") return "\xef\xbf\xbd";  // U+FFFE, U+FFFF
  return std::string(character);
}

std::string escaped_line(std::string_view line) {
  const std::string safe = printable(line);
  std::string all;
  for (std::string_view rest = safe; !rest.empty();) {
    const std::string_view character = rest.substr(0, utf8_character(rest));
    all += escaped(character);
    rest.remove_prefix(character.size());
  }
  return all;
}

}  // namespace

std::string shortened(const std::string& text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

std::string xml_attribute(std::string_view text) { return escaped_line(text); }

std::string xml_text(std::string_view text) {
  std::string all;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\n\t");
    std::string_view piece = text.substr(0, end);
    if (end != std::string_view::npos && text[end] == '\n' && piece.ends_with('\r')) piece.remove_suffix(1);
    all += escaped_line(piece);
    if (end == std::string_view::npos) break;
    all += text[end];
    text.remove_prefix(end + 1);
  }
  return all;
}

}  // namespace modelgate
