#include "runners/selftest/slice_value.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace modelgate {
namespace {

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

bool is_of_slice(const std::string& value, const std::string& slice) {
  if (value == slice) return true;
  constexpr std::string_view below = "below ", to = " to below ", above = " and above";
  const std::string_view bin = slice;
  std::optional<double> lower, upper;
  if (bin.starts_with(below)) {
    upper = number_in(bin.substr(below.size()));
  } else if (const auto at = bin.find(to); at != std::string_view::npos) {
    lower = number_in(bin.substr(0, at));
    upper = number_in(bin.substr(at + to.size()));
    if (!lower || !upper) return false;
  } else if (bin.ends_with(above)) {
    lower = number_in(bin.substr(0, bin.size() - above.size()));
  }
  const auto number = number_in(value);
  return number && (lower || upper) && (!lower || *number >= *lower) && (!upper || *number < *upper);
}

}  // namespace modelgate
