#include "gates/quality/answer_file.h"

#include <algorithm>
#include <stdexcept>

#include "schemas/rows/read_rows.h"

namespace modelgate {
namespace {

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

AnswerFile read_answer_file(const std::filesystem::path& path, const RowRequest& request, int threads) {
  return {path, request, read_rows(path, request, threads)};
}

}  // namespace modelgate
