#include "schemas/formats/python_literal.h"

#include <algorithm>
#include <charconv>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr int most_levels = 16;

class Reader {
 public:
  Reader(std::string_view text, const std::string& where) : text_(text), where_(where) {}

  PythonLiteral whole_text() {
    PythonLiteral value = any(0);
    skip_blanks();
    if (at_ < text_.size()) fail("something stands behind it");
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw usage_error(
        where_, "has a header that is not understood: " + what + " (byte " + std::to_string(at_) + " of it)");
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
  }

  bool take(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool take_word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  PythonLiteral any(int level) {
    if (level > most_levels) fail("it is nested too deeply");
    skip_blanks();
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    if (c == '\'' || c == '"') return text();
    if (c == '(' || c == '[') return sequence(c == '(' ? ')' : ']', level);
    if (c == '{') return map(level);
    if (take_word("True")) return {PythonLiteral::Kind::boolean, "", 1, {}, {}};
    if (take_word("False")) return {PythonLiteral::Kind::boolean, "", 0, {}, {}};
    return whole();
  }

  PythonLiteral whole() {
    PythonLiteral value{PythonLiteral::Kind::whole, "", 0, {}, {}};
    const char* const begin = text_.data() + at_;
    const auto [end, failure] = std::from_chars(begin, text_.data() + text_.size(), value.whole);
    if (failure != std::errc()) fail("a value was expected");
    at_ += static_cast<std::size_t>(end - begin);
    if (at_ < text_.size() && text_[at_] == 'L') ++at_;  // of Python 2
    return value;
  }

  PythonLiteral text() {
    PythonLiteral value;
    const char quote = text_[at_++];
    for (;; ++at_) {
      if (at_ >= text_.size()) fail("a text is not closed");
      if (text_[at_] == quote) break;
      if (text_[at_] == '\\') {
        ++at_;
        const char escaped = at_ < text_.size() ? text_[at_] : '\0';
        if (escaped != '\\' && escaped != '\'' && escaped != '"') fail("a text holds an escape");
      }
      value.text += text_[at_];
    }
    ++at_;
    return value;
  }

  PythonLiteral sequence(char close, int level) {
    PythonLiteral value{PythonLiteral::Kind::sequence, "", 0, {}, {}};
    ++at_;
    while (!take(close)) {
      value.items.push_back(any(level + 1));
      if (take(',')) continue;
      if (!take(close)) fail("a comma or bracket is missing");
      break;
    }
    return value;
  }

  PythonLiteral map(int level) {
    PythonLiteral value{PythonLiteral::Kind::map, "", 0, {}, {}};
    ++at_;
    while (!take('}')) {
      const PythonLiteral key = any(level + 1);
      if (key.kind != PythonLiteral::Kind::text) fail("a key must be text");
      if (value.find(key.text) != nullptr) fail("a key stands there twice");
      if (!take(':')) fail("a colon is missing");
      value.items.push_back(any(level + 1));
      value.keys.push_back(key.text);
      if (take(',')) continue;
      if (!take('}')) fail("a comma or brace is missing");
      break;
    }
    return value;
  }

  std::string_view text_;
  std::string where_;
  std::size_t at_ = 0;
};

}  // namespace

const PythonLiteral* PythonLiteral::find(std::string_view key) const {
  const auto found = std::find(keys.begin(), keys.end(), key);
  return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

PythonLiteral python_literal(std::string_view text, const std::string& where) {
  return Reader(text, where).whole_text();
}

}  // namespace modelgate
