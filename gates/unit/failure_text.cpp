#include "gates/unit/failure_text.h"

#include <algorithm>
#include <string_view>

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t most_words = 160;

/// The first `most` characters (not bytes), with an ellipsis where more follow.
std::string cut(std::string_view text, std::size_t most) {
  std::size_t end = 0, count = 0;
  while (end < text.size() && count < most) {
    end += std::max<std::size_t>(utf8_character(text.substr(end)), 1);
    ++count;
  }
  return end < text.size() ? std::string(text.substr(0, end)) + "…" : std::string(text);
}

std::string_view trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

/// "tests.cpp:41" if the line is nothing but a place ("a/tests.cpp:41: Failure", "a/tests.cpp:41"); else
/// empty.
std::string place_in(std::string_view line) {
  for (const std::string_view ending : {": Failure", ": error", ":"})
    if (line.ends_with(ending)) {
      line.remove_suffix(ending.size());
      break;
    }
  const std::size_t colon = line.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == line.size()) return "";
  if (line.find_first_not_of("0123456789", colon + 1) != std::string_view::npos) return "";
  const std::size_t slash = line.find_last_of("/\\", colon);
  return std::string(line.substr(slash == std::string_view::npos ? 0 : slash + 1));
}

std::string file_name_of(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return std::string(path.substr(slash == std::string_view::npos ? 0 : slash + 1));
}

/// Appends the words of a line, with one blank between all.
void add_words(std::string_view line, std::string& words) {
  for (std::size_t begin = line.find_first_not_of(" \t\r\v\f"); begin != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(" \t\r\v\f", begin), line.size());
    if (!words.empty()) words += ' ';
    words += line.substr(begin, end - begin);
    begin = line.find_first_not_of(" \t\r\v\f", end);
  }
}

}  // namespace

FailureText failure_text(const Case& test, std::size_t most_details) {
  FailureText failure;
  const std::string_view message = test.message;
  for (std::size_t begin = 0; begin < message.size() && failure.words.size() < 4 * most_words;) {
    const std::size_t end = std::min(message.find('\n', begin), message.size());
    const std::string_view line = trimmed(message.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty() && !failure.words.empty()) break;  // the next failure
    const std::string place = place_in(line);
    if (place.empty()) {
      add_words(line.substr(0, 4 * most_words), failure.words);
    } else if (!failure.words.empty()) {
      break;  // the next failure
    } else if (failure.place.empty()) {
      failure.place = place;
    }
  }
  // "ratio 3:4" looks like a place; if it is all there is, it is the failure.
  if (failure.words.empty())
    add_words(message.substr(0, std::min(message.find('\n'), 4 * most_words)), failure.words);
  failure.words = cut(failure.words, most_words);
  if (failure.place.empty() && !test.file.empty())
    failure.place = file_name_of(test.file) + (test.line > 0 ? ":" + std::to_string(test.line) : "");
  failure.details = test.message;
  if (failure.details.size() > most_details)
    failure.details = cut(message.substr(0, most_details), most_details) + "\n(" +
                      std::to_string(message.size() - most_details) + " bytes more)";
  return failure;
}

}  // namespace modelgate
