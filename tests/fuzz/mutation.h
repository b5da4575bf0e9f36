#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace modelgate {

/// Damages texts, the same way in every run: flips bits, cuts off, repeats, swaps and inserts what readers
/// stumble over.
class Mutator {
 public:
  /// `tokens` are what is inserted now and then, besides what breaks any reader of text.
  Mutator(std::uint64_t seed, std::vector<std::string> tokens);

  /// The text with one to four damages; parts of `other` may stand in it.
  std::string damaged(std::string text, const std::string& other);

 private:
  std::size_t below(std::size_t limit);
  void damage(std::string& text, const std::string& other);

  std::mt19937_64 random_;
  std::vector<std::string> tokens_;
};

}  // namespace modelgate
