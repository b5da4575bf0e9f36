#include "schemas/tool/json_quoted.h"

#include <algorithm>

#include "schemas/tool/printable.h"

namespace modelgate {

std::string json_quoted(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string all = "\"";
  while (!text.empty()) {
    const std::size_t size = utf8_character(text);
    const auto c = static_cast<unsigned char>(text.front());
    if (size == 0) {
      all += "\xef\xbf\xbd";
    } else if (c == '"' || c == '\\') {
      all += '\\';
      all += text.front();
    } else if (c == '\n') {
      all += "\\n";
    } else if (c == '\t') {
      all += "\\t";
    } else if (c < 0x20 || c == 0x7f) {
      all += "\\u00";
      all += hex[c >> 4];
      all += hex[c & 15];
    } else {
      all.append(text.substr(0, size));
    }
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return all + "\"";
}

}  // namespace modelgate
