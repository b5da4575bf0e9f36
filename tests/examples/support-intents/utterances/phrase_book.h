#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace intents {

/// What customers say in one language; read from phrases/LANGUAGE.txt, whose head says how it is written.
struct PhraseBook {
  std::string language;
  std::map<std::string, std::vector<std::string>> slots;
  std::map<std::string, std::vector<std::string>> clear;      ///< Templates by intent.
  std::map<std::string, std::vector<std::string>> ambiguous;  ///< Templates that another intent has too.
};

/// Throws std::runtime_error with file and line.
PhraseBook read_phrase_book(const std::filesystem::path& path);

}  // namespace intents
