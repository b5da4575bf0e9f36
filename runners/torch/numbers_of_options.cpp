#include "runners/torch/numbers_of_options.h"

#include <algorithm>
#include <charconv>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::int64_t> counts_from(const std::string& option, const std::vector<std::string>& texts,
                                      std::int64_t most) {
  std::vector<std::int64_t> counts;
  for (const std::string& text : texts) {
    const std::optional<std::int64_t> count = whole_number(text);
    if (!count || *count < 1 || *count > most)
      throw usage_error(option,
                        "'" + beginning(text) + "' is no whole number from 1 to " + std::to_string(most));
    if (std::find(counts.begin(), counts.end(), *count) != counts.end())
      throw usage_error(option, "repeats " + beginning(text));
    counts.push_back(*count);
  }
  return counts;
}

std::optional<std::int64_t> kept_rows_from(const std::string& text) {
  if (text == "all") return std::nullopt;
  if (text == "none") return 0;
  const std::optional<std::int64_t> rows = whole_number(text);
  if (!rows || *rows < 1)
    throw usage_error("--outputs", "'" + text + "' is none of all, none and a number of rows above 0");
  return rows;
}

}  // namespace modelgate
