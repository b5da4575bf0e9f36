#include "utterances/phrase_book.h"

#include <fstream>
#include <stdexcept>
#include <string_view>

namespace intents {
namespace {

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1));
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

PhraseBook read_phrase_book(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path.string() + ": cannot be read");
  PhraseBook book;
  book.language = path.stem().string();
  std::vector<std::string> intents;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    line = trimmed(line);
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[' && line.back() == ']') {
      intents = split(std::string_view(line).substr(1, line.size() - 2), ',');
    } else if (const std::size_t equals = line.find('='); equals != std::string::npos) {
      book.slots[trimmed(line.substr(0, equals))] = split(std::string_view(line).substr(equals + 1), '|');
    } else if (!intents.empty()) {
      for (const std::string& intent : intents)
        (intents.size() == 1 ? book.clear : book.ambiguous)[intent].push_back(line);
    } else {
      throw std::runtime_error(path.string() + ":" + std::to_string(number) + ": a template of no intent");
    }
  }
  if (book.clear.empty() || !book.slots.contains("opener") || !book.slots.contains("closer"))
    throw std::runtime_error(path.string() + ": needs openers, closers and templates");
  return book;
}

}  // namespace intents
