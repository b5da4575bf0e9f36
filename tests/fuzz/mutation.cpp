#include "tests/fuzz/mutation.h"

#include <algorithm>
#include <utility>

namespace modelgate {

using namespace std::string_literals;

Mutator::Mutator(std::uint64_t seed, std::vector<std::string> tokens)
    : random_(seed), tokens_(std::move(tokens)) {
  const std::vector<std::string> for_all = {"\0"s,
                                            "\xff",
                                            "\xef\xbb\xbf",
                                            "\xed\xa0\x80",
                                            "\r\n",
                                            "\n",
                                            "\t",
                                            " ",
                                            "-1",
                                            "0",
                                            "1e999",
                                            "NaN",
                                            "-0",
                                            "012",
                                            "0.1e-400",
                                            "9223372036854775808",
                                            "18446744073709551616",
                                            "null",
                                            "true",
                                            "\\u0000",
                                            "\\ud800",
                                            "\\",
                                            "\"",
                                            "'",
                                            "..",
                                            "/",
                                            std::string(300, '['),
                                            std::string(300, '{'),
                                            std::string(5000, 'x')};
  tokens_.insert(tokens_.end(), for_all.begin(), for_all.end());
}

std::size_t Mutator::below(std::size_t limit) {
  // Not uniform_int_distribution, which differs from library to library.
  return limit == 0 ? 0 : static_cast<std::size_t>(random_() % limit);
}

void Mutator::damage(std::string& text, const std::string& other) {
  const std::size_t at = below(text.size() + 1),
                    length = below(std::min<std::size_t>(text.size() - at, 40) + 1);
  switch (below(8)) {
    case 0:
      if (at < text.size())
        text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1u << below(8)));
      break;
    case 1:
      if (at < text.size()) text[at] = static_cast<char>(below(256));
      break;
    case 2:
      text.erase(at, length);
      break;
    case 3:
      text.insert(at, text.substr(at, length));
      break;
    case 4:
      text.insert(below(text.size() + 1), text.substr(at, length));
      break;
    case 5:
      text.insert(at, tokens_[below(tokens_.size())]);
      break;
    case 6:
      text.replace(at, length, other.substr(below(other.size() + 1), below(60)));
      break;
    default:
      if (below(4) == 0) text.resize(at);
  }
}

std::string Mutator::damaged(std::string text, const std::string& other) {
  for (std::size_t times = 1 + below(4); times > 0; --times) damage(text, other);
  return text;
}

}  // namespace modelgate
