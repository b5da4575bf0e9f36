#include "schemas/rows/word_numbering.h"

namespace modelgate {

std::int32_t WordNumbering::look_up(std::string_view text) {
  if (const auto known = codes_.find(text); known != codes_.end()) return known->second;
  const auto code = static_cast<std::int32_t>(words_.size());
  codes_.emplace(words_.emplace_back(text), code);
  return code;
}

}  // namespace modelgate
