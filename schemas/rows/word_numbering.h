#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace modelgate {

/// Numbers for texts that recur, in the order in which they first appear.
class WordNumbering {
 public:
  std::int32_t number(std::string_view text) {
    if (text.size() > 8 || text.empty()) return look_up(text);
    const std::uint64_t bytes = bytes_of(text);
    Recent& recent = recent_[(bytes * 0x9e3779b97f4a7c15u + text.size() * 0xff51afd7ed558ccdu) >> 56];
    if (recent.bytes == bytes && recent.size == text.size()) return recent.code;
    const std::int32_t code = look_up(text);
    recent = {bytes, text.size(), code};
    return code;
  }

  std::size_t size() const { return words_.size(); }
  const std::string& at(std::size_t code) const { return words_[code]; }

 private:
  /// Spares most short texts the hash table.
  struct Recent {
    std::uint64_t bytes = 0;
    std::size_t size = 0;
    std::int32_t code = -1;
  };

  /// Of 1 to 8 characters, different for different texts of one size.
  static std::uint64_t bytes_of(std::string_view text) {
    const char* const begin = text.data();
    if (text.size() >= 4) {
      std::uint32_t low = 0, high = 0;
      std::memcpy(&low, begin, 4);
      std::memcpy(&high, begin + text.size() - 4, 4);
      return low | std::uint64_t{high} << 32;
    }
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(begin[i])}; };
    return byte(0) | byte(text.size() / 2) << 8 | byte(text.size() - 1) << 16;
  }

  std::int32_t look_up(std::string_view text);

  std::array<Recent, 256> recent_;
  std::deque<std::string> words_;  ///< Whose texts do not move.
  std::unordered_map<std::string_view, std::int32_t> codes_;
};

}  // namespace modelgate
