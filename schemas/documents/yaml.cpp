// YAML into our tree, by yaml-cpp's event interface: its nodes would silently keep the first of two equal
// keys, read 012 as ten, and expand aliases without bound.

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <cmath>
#include <cstdlib>
#include <functional>
#include <regex>
#include <sstream>
#include <unordered_set>

#include "schemas/documents/node.h"
#include "schemas/documents/place.h"
#include "schemas/documents/value.h"
#include "schemas/documents/yaml_syntax.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

inline constexpr std::size_t maximum_yaml_bytes = 1u << 20;

Value text_value(const std::string& text) {
  Value v;
  v.kind = Value::Kind::text;
  v.text = text;
  return v;
}

/// Throws an Error of kind usage at the place of the scalar.
using Refuse = std::function<void(const std::string& what, const std::string& hint)>;

/// An unquoted scalar by the JSON schema of YAML 1.2. What other readers would take for a number of another
/// value, or for none, is refused.
Value plain_value(const std::string& text, const Refuse& refuse) {
  static const std::regex number(R"(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)");
  static const std::regex octal(R"([-+]?0[0-9]+(\.[0-9]*)?)");
  static const std::regex not_finite(R"([-+]?\.?(nan|inf|infinity))", std::regex::icase);
  constexpr std::size_t longest_number = 64;
  const std::string in_quotes = "Write \"" + beginning(text) + "\" if text is meant.";
  Value v = text_value(text);
  if (text == "~" || text == "null" || text.empty()) return {};
  if (text == "true" || text == "false") {
    v.kind = Value::Kind::boolean;
    v.boolean = text == "true";
  } else if (text.size() > longest_number) {
    return v;
  } else if (std::regex_match(text, octal)) {
    refuse("a number must not begin with 0: " + text, in_quotes);
  } else if (std::regex_match(text, not_finite)) {
    refuse(text + " is not a number that can be used", in_quotes);
  } else if (std::regex_match(text, number)) {
    v.kind = Value::Kind::number;
    v.number = std::strtod(text.c_str(), nullptr);
    v.is_integer = text.find_first_of(".eE") == std::string::npos;
    if (!std::isfinite(v.number)) refuse("the number " + text + " is too large", "");
  }
  return v;
}

class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(Source& source) : source_(source) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0)
      refuse(mark, "a second document begins here",
             "A file holds one document; what follows must fit in with what stands above.");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    expect_plain(mark, "", anchor);
    put(mark, Value{});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "aliases (*name) are not allowed", "Write the value out.");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    // A scalar in quotes or in a block carries the tag "!", a plain one "?".
    const std::size_t offset = offset_of(mark);
    const bool quoted = tag == "!" && source_.text[offset] != '!';
    expect_plain(mark, quoted ? "" : tag, anchor);
    const Refuse refuse_here = [&](const std::string& what, const std::string& hint) {
      refuse(mark, what, hint);
    };
    if (quoted && !is_closed(source_.text, offset)) refuse(mark, "a text in quotes is not closed");
    if (text.find('\0') != std::string::npos) refuse(mark, "a text holds a NUL character");
    Value value = quoted ? text_value(text) : plain_value(text, refuse_here);
    if (!expecting_key()) {
      put(mark, std::move(value));
      return;
    }
    if (text == "<<" && !quoted) refuse(mark, "merge keys (<<) are not allowed", "Write the fields out.");
    if (value.kind != Value::Kind::text)
      refuse(mark, "a key must be text, and " + beginning(text.empty() ? "null" : text) + " is not",
             "Put it in double quotes.");
    put_key(mark, text);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    expect_plain(mark, tag, anchor);
    open(mark, Value::Kind::array);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    expect_plain(mark, tag, anchor);
    open(mark, Value::Kind::object);
  }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  struct Open {
    Value* value;
    std::unordered_set<std::string> keys;
    bool key_waits = false;  // a key was read, its value not yet
  };

  [[noreturn]] void refuse(const YAML::Mark& mark, const std::string& what, const std::string& hint = "") {
    throw usage_error(place_in(source_.text, offset_of(mark), source_.file), what, hint);
  }

  std::size_t offset_of(const YAML::Mark& mark) const {
    const std::size_t skipped = source_.text.starts_with("\xef\xbb\xbf") ? 3 : 0;
    return static_cast<std::size_t>(mark.pos) + skipped;
  }

  void expect_plain(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != 0) refuse(mark, "anchors (&name) are not allowed", "Write the value out.");
    if (!tag.empty() && tag != "?")
      refuse(mark, "tags (" + beginning(tag) + ") are not allowed", "Put it in double quotes if it is text.");
  }

  bool expecting_key() const {
    return !open_.empty() && open_.back().value->kind == Value::Kind::object && !open_.back().key_waits;
  }

  void put_key(const YAML::Mark& mark, const std::string& name) {
    Open& map = open_.back();
    if (!map.keys.insert(name).second)
      refuse(mark, "the key '" + beginning(name) + "' is there twice", "Keep one of the two.");
    Value& value = map.value->fields.emplace_back(name, Value{}).second;
    value.key_offset = static_cast<std::int32_t>(offset_of(mark));
    map.key_waits = true;
  }

  Value& put(const YAML::Mark& mark, Value v) {
    if (expecting_key()) {
      const bool brackets = v.kind == Value::Kind::array || v.kind == Value::Kind::object;
      refuse(mark, "a key must be text",
             brackets ? "If no key is meant, a closing bracket may be missing." : "Put it in double quotes.");
    }
    v.offset = static_cast<std::int32_t>(offset_of(mark));
    Value* here = &source_.root;
    if (!open_.empty() && open_.back().value->kind == Value::Kind::array) {
      here = &open_.back().value->items.emplace_back();
    } else if (!open_.empty()) {
      open_.back().key_waits = false;
      here = &open_.back().value->fields.back().second;
    }
    v.key_offset = here->key_offset;
    *here = std::move(v);
    return *here;
  }

  void open(const YAML::Mark& mark, Value::Kind kind) {
    if (open_.size() >= maximum_depth)
      refuse(mark, "is nested deeper than " + std::to_string(maximum_depth) + " levels");
    Value v;
    v.kind = kind;
    open_.push_back({&put(mark, std::move(v)), {}, false});
  }

  Source& source_;
  std::vector<Open> open_;
  int documents_ = 0;
};

}  // namespace

Node parse_yaml(std::string_view text, const std::string& file) {
  if (text.size() > maximum_yaml_bytes) throw usage_error(file, "is larger than 1 MiB");
  expect_yaml_characters(text, file);
  auto source = std::make_shared<Source>();
  source->file = file;
  source->text = text;
  std::istringstream stream(source->text);
  try {
    YAML::Parser parser(stream);
    TreeBuilder builder(*source);
    if (!parser.HandleNextDocument(builder))
      throw usage_error(file, "is empty", "A YAML document was expected.");
    parser.HandleNextDocument(builder);
  } catch (const YAML::Exception& error) {
    throw yaml_syntax_error(text, error, file);
  }
  const Value& root = source->root;
  return {std::move(source), root};
}

}  // namespace modelgate
