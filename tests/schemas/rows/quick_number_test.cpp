#include "schemas/rows/quick_number.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>
#include <random>
#include <string>

namespace modelgate {
namespace {

std::optional<double> number(const std::string& text, std::size_t* used = nullptr) {
  const char* at = text.data();
  double value = 0;
  const bool is_read = read_number(at, text.data() + text.size(), value);
  if (used != nullptr) *used = static_cast<std::size_t>(at - text.data());
  return is_read ? std::optional(value) : std::nullopt;
}

TEST(QuickNumber, rounds_as_the_library_does) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 200'000; ++i) {
    char text[64];
    const double size =
        static_cast<double>(random()) / static_cast<double>(std::uint64_t{1} << (random() % 70 % 63));
    const double value = random() % 2 == 0 ? size : -size;
    std::snprintf(text, sizeof text, random() % 3 == 0 ? "%.*e" : "%.*f", static_cast<int>(random() % 20),
                  value);
    ASSERT_EQ(number(text), std::strtod(text, nullptr)) << text;
  }
}

TEST(QuickNumber, takes_what_json_takes) {
  for (const char* text :
       {"0", "-0", "7", "0.5", "1e5", "1E+5", "1.25e-3", "123456789012345678901234567890", "1e-400"})
    EXPECT_EQ(number(text), std::strtod(text, nullptr)) << text;
  for (const char* text :
       {"", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "x", "inf", "nan", "1e999", "-1e999", "0x10"})
    if (std::string(text) == "0x10") {
      std::size_t used = 0;
      EXPECT_EQ(number(text, &used), 0.0);
      EXPECT_EQ(used, 1u) << "what follows is not its business";
    } else {
      EXPECT_EQ(number(text), std::nullopt) << text;
    }
  std::size_t used = 0;
  EXPECT_EQ(number("012", &used), 0.0) << "a zero leads nothing";
  EXPECT_EQ(used, 1u);
}

TEST(QuickNumber, reads_whole_numbers_of_few_digits) {
  const auto whole = [](const std::string& text) -> std::optional<std::uint64_t> {
    const char* at = text.data();
    std::uint64_t value = 0;
    return read_whole(at, text.data() + text.size(), value) ? std::optional(value) : std::nullopt;
  };
  EXPECT_EQ(whole("0"), 0u);
  EXPECT_EQ(whole("999999999999999999"), 999999999999999999u);
  EXPECT_EQ(whole("1000000000000000000"), std::nullopt);
  for (const char* text : {"", "-1", "007", "x"}) EXPECT_EQ(whole(text), std::nullopt) << text;
}

}  // namespace
}  // namespace modelgate
