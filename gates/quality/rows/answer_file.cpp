#include "gates/quality/rows/answer_file.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "schemas/rows/read_rows.h"
#include "schemas/tool/error.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {
namespace {

/// Rows are numbered by 32 bits.
constexpr std::size_t most_rows = std::numeric_limits<std::uint32_t>::max();

std::size_t place_of(const std::vector<std::string>& fields, const std::string& field) {
  const auto found = std::find(fields.begin(), fields.end(), field);
  if (found == fields.end()) throw std::logic_error("the field " + field + " was not asked for");
  return static_cast<std::size_t>(found - fields.begin());
}

}  // namespace

const WordColumn& AnswerFile::words(const std::string& field) const {
  return table.words[place_of(request.words, field)];
}

const NumberColumn& AnswerFile::numbers(const std::string& field) const {
  return table.numbers[place_of(request.numbers, field)];
}

const TextColumn& AnswerFile::texts(const std::string& field) const {
  return table.texts[place_of(request.texts, field)];
}

AnswerFile read_answer_file(const std::filesystem::path& path, const RowRequest& request, int threads) {
  AnswerFile file{path, request, read_rows(path, request, threads)};
  if (file.table.size() > most_rows)
    throw usage_error(input_name(path), "has more than " + std::to_string(most_rows) + " rows",
                      "Take a sample of them.");
  return file;
}

}  // namespace modelgate
