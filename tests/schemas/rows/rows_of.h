#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/rows/read_rows.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {

/// Reads texts as files of rows.
class RowsOf {
 public:
  RowTable read(const std::string& text, const RowRequest& request, const std::string& name = "r o w s",
                int threads = 1) const {
    return read_rows(folder_.with(name, text), request, threads);
  }

  /// What is said of the rows, without the folder's name.
  std::string error_in(const std::string& text, const RowRequest& request) const {
    const std::string error = error_of([&] { read(text, request); });
    const std::size_t at = error.find("r o w s");
    return at == std::string::npos ? error : error.substr(at + 7);
  }

  const TemporaryFolder folder_;
};

inline RowRequest asking(const std::vector<std::string>& words, const std::vector<std::string>& numbers = {},
                         const std::vector<std::string>& texts = {}, const FieldNames& names = {},
                         const std::vector<std::string>& digests = {}) {
  return {words, numbers, texts, names, digests};
}

/// Every row of a column of words; "-" for none.
inline std::vector<std::string> words_in(const RowTable& table, std::size_t column = 0) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < table.size(); ++i)
    words.push_back(table.words[column].has(i) ? table.words[column].at(i) : "-");
  return words;
}

inline std::optional<double> number_in(const RowTable& table, std::size_t row, std::size_t column = 0) {
  return table.numbers[column].has(row) ? std::optional(table.numbers[column].values[row]) : std::nullopt;
}

/// Everything in a table, to compare two.
inline std::string shown(const RowTable& table) {
  std::string all;
  for (std::size_t i = 0; i < table.size(); ++i) {
    all += std::to_string(table.keys[i]) + " " + std::to_string(table.id(i));
    if (!table.clusters.empty()) all += " cluster " + std::to_string(table.clusters[i]);
    for (const WordColumn& words : table.words) all += " " + (words.has(i) ? words.at(i) : "-");
    for (std::size_t c = 0; c < table.numbers.size(); ++c)
      all += " " + (number_in(table, i, c) ? std::to_string(*number_in(table, i, c)) : "-");
    for (const TextColumn& texts : table.texts)
      all += texts.has(i) ? " '" + std::string(texts.at(i)) + "'" : " -";
    for (const DigestColumn& digests : table.digests)
      all += " #" + std::to_string(digests.empty() ? 0 : digests[i]);
    all += "\n";
  }
  for (const FailedRow& failed : table.failed)
    all += std::to_string(failed.row) + ": " + failed.reason + "\n";
  return all;
}

}  // namespace modelgate
