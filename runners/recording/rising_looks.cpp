#include "runners/recording/rising_looks.h"

#include <charconv>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

std::int64_t count_from(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size() || number < 1)
    throw usage_error("--looks", "'" + beginning(text) + "' is no whole number above 0");
  return number;
}

}  // namespace

std::vector<std::int64_t> rising_looks(const std::vector<std::string>& typed) {
  std::vector<std::int64_t> numbers;
  for (const std::string& text : typed) {
    numbers.push_back(count_from(text));
    if (numbers.size() > 1 && numbers.back() <= numbers[numbers.size() - 2])
      throw usage_error("--looks", text + " does not lie above the look before it",
                        "Give them rising, such as 10, 20, 40.");
  }
  return numbers;
}

}  // namespace modelgate
