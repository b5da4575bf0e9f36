#include "runners/selftest/text_layout.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace modelgate {
namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

/// The first `count` characters, or those after them.
std::pair<std::string, std::string> split_after(const std::string& text, std::size_t count) {
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (begins_character(text[end]) && count-- == 0) break;
  }
  return {text.substr(0, end), text.substr(end)};
}

}  // namespace

std::size_t terminal_width() {
  winsize size{};
  return ::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string cut(const std::string& text, std::size_t width) {
  const std::size_t have = characters(text);
  if (have <= width) return text;
  const std::size_t first = width / 2, last = width - 1 - first;
  return split_after(text, first).first + "…" + split_after(text, have - last).second;
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t have = characters(text);
  return have < width ? text + std::string(width - have, ' ') : text;
}

std::string wrapped(const std::string& text, std::size_t width, std::string indent, std::size_t hanging) {
  std::string all, line;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    if (!line.empty() && characters(indent + line + " " + word) > width) {
      all += indent + line + "\n";
      if (all.find('\n') == all.size() - 1) indent += std::string(hanging, ' ');
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    begin = end + 1;
  }
  return line.empty() ? all : all + indent + line + "\n";
}

}  // namespace modelgate
