#include "runners/torch/failure_words.h"

#include <sstream>
#include <vector>

namespace modelgate {
namespace {

constexpr std::size_t most_bytes = 400;

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

void cut_from(std::string& text, const std::string& mark) {
  if (const std::size_t at = text.find(mark); at != std::string::npos) text.resize(at);
}

/// "RuntimeError: …", "builtins.ValueError: …": how the last line of a traceback begins.
bool names_an_error(const std::string& line) {
  const std::size_t colon = line.find(": ");
  if (colon == std::string::npos || colon == 0 || line.find(' ') < colon) return false;
  const std::string name = line.substr(0, colon);
  // A line of the model's code may hold such words, too.
  if (name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.") !=
      std::string::npos)
    return false;
  return name.ends_with("Error") || name.ends_with("Exception") || name.ends_with("Warning");
}

}  // namespace

std::string failure_words(const std::string& what) {
  std::string text = what;
  cut_from(text, "Exception raised from ");
  cut_from(text, "(Could this error message be improved?");
  std::istringstream stream(text);
  std::string first, last;
  const bool traced = text.find("Traceback of TorchScript") != std::string::npos;
  for (std::string line; std::getline(stream, line);) {
    line = trimmed(line);
    if (line.empty()) continue;
    if (first.empty()) first = line;
    // Once the error has begun, it may have further lines; its first says what it is.
    if (!names_an_error(last)) last = line;
  }
  std::string words = traced ? last : first;
  if (words.starts_with("RuntimeError: ")) words.erase(0, 14);
  if (words.size() > most_bytes) words = words.substr(0, most_bytes) + "…";
  return words.empty() ? "no reason was given" : words;
}

std::string failure_code(const std::string& what) {
  for (const char* mark :
       {"out of memory", "can't allocate memory", "cannot allocate memory", "std::bad_alloc"})
    if (what.find(mark) != std::string::npos) return "out_of_memory";
  return "failed";
}

}  // namespace modelgate
