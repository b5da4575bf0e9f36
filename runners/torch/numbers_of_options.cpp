#include "runners/torch/numbers_of_options.h"

#include <algorithm>
#include <charconv>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::vector<std::int64_t> batch_sizes_from(const std::vector<std::string>& texts) {
  std::vector<std::int64_t> sizes;
  for (const std::string& text : texts) {
    const std::optional<std::int64_t> size = whole_number(text);
    if (!size || *size < 1 || *size > most_batch_size)
      throw usage_error("--batch-sizes",
                        "'" + text + "' is no whole number from 1 to " + std::to_string(most_batch_size));
    if (std::find(sizes.begin(), sizes.end(), *size) != sizes.end())
      throw usage_error("--batch-sizes", "repeats " + text);
    sizes.push_back(*size);
  }
  return sizes;
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
