#include "gates/quality/memory_limit.h"

#include <charconv>
#include <cstdint>

#include "schemas/tool/error.h"

namespace modelgate {

std::size_t memory_size(const std::string& option, const std::string& text) {
  constexpr std::uint64_t most = 1'000'000;  // of each unit
  std::uint64_t count = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string unit(end, text.data() + text.size());
  const int shift = unit == "KiB" ? 10 : unit == "MiB" ? 20 : unit == "GiB" ? 30 : -1;
  if (failure != std::errc() || shift < 0 || count == 0 || count > most)
    throw usage_error(option, "'" + text + "' is no size", "Write it like 2GiB or 500MiB.");
  return static_cast<std::size_t>(count << shift);
}

}  // namespace modelgate
