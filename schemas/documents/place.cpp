#include "schemas/documents/place.h"

#include <algorithm>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// The first byte that is no part of a character; the size of the text if there is none.
std::size_t first_foreign_byte(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = utf8_character(text.substr(at));
    if (length == 0) break;
    at += length;
  }
  return at;
}

}  // namespace

std::string place_in(std::string_view text, std::size_t offset, const std::string& file) {
  const std::string_view before = text.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_break = before.rfind('\n');
  std::string_view line = line_break == std::string_view::npos ? before : before.substr(line_break + 1);
  if (lines == 0 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);  // a byte-order mark is not seen
  const auto characters = std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;  // all but the bytes that continue a character
  });
  return file + ":" + std::to_string(lines + 1) + ":" + std::to_string(characters + 1);
}

void expect_text(std::string_view text, const std::string& file) {
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    throw usage_error(place_in(text, nul, file), "holds a NUL byte, so it is no text",
                      "The file may be binary, UTF-16, or damaged.");
  if (const std::size_t foreign = first_foreign_byte(text); foreign < text.size())
    throw usage_error(place_in(text, foreign, file), "holds bytes that are not UTF-8",
                      "Save the file as UTF-8.");
}

}  // namespace modelgate
