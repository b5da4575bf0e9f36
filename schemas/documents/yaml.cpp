// YAML into our tree, by yaml-cpp's event interface: its nodes would silently keep the first of two equal
// keys, read 012 as ten, and expand aliases without bound.

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <cmath>
#include <cstdlib>
#include <regex>
#include <sstream>

#include "schemas/documents/node.h"
#include "schemas/documents/value.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

inline constexpr std::size_t maximum_yaml_bytes = 1u << 20;

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string file, Value& root) : file_(std::move(file)), root_(root) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Value v;
    put(mark, anchor, std::move(v));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "aliases (*name) are not allowed", "Write the value out.");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    if (expecting_key()) return put_key(mark, text);
    if (tag != "?" && tag != "!" && !tag.empty()) refuse(mark, "tags (" + tag + ") are not allowed");
    // A quoted scalar carries the tag "!", a plain one "?".
    put(mark, anchor, tag == "!" ? text_value(text) : plain_value(mark, text));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Value::Kind::array);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Value::Kind::object);
  }
  void OnMapEnd() override { close(); }

 private:
  [[noreturn]] void refuse(const YAML::Mark& mark, const std::string& what, const std::string& hint = "") {
    throw usage_error(file_ + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1),
                      what, hint);
  }

  static Value text_value(const std::string& text) {
    Value v;
    v.kind = Value::Kind::text;
    v.text = text;
    return v;
  }

  /// The JSON schema of YAML 1.2, and an error for what other readers would take for a number.
  Value plain_value(const YAML::Mark& mark, const std::string& text) {
    static const std::regex number(R"([-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)");
    static const std::regex octal(R"([-+]?0[0-9]+(\.[0-9]*)?)");
    static const std::regex not_finite(R"([-+]?\.?(nan|inf|infinity))", std::regex::icase);
    Value v = text_value(text);
    if (text == "~" || text == "null") {
      v = Value{};
    } else if (text == "true" || text == "false") {
      v.kind = Value::Kind::boolean;
      v.boolean = text == "true";
    } else if (text.size() < 64 && std::regex_match(text, octal)) {
      refuse(mark, "a number must not begin with 0: " + text, "Write \"" + text + "\" if text is meant.");
    } else if (text.size() < 64 && std::regex_match(text, not_finite)) {
      refuse(mark, "not a number that can be used: " + text);
    } else if (text.size() < 64 && std::regex_match(text, number)) {
      v.kind = Value::Kind::number;
      v.number = std::strtod(text.c_str(), nullptr);
      v.is_integer = text.find_first_of(".eE") == std::string::npos;
      if (!std::isfinite(v.number)) refuse(mark, "the number " + text + " is too large");
    }
    return v;
  }

  bool expecting_key() const {
    return !open_.empty() && open_.back()->kind == Value::Kind::object && !key_waits_.back();
  }

  void put_key(const YAML::Mark& mark, const std::string& name) {
    Value& map = *open_.back();
    for (const auto& field : map.fields)
      if (field.first == name) refuse(mark, "duplicate key '" + name + "'");
    map.fields.emplace_back(name, Value{});
    key_waits_.back() = true;
  }

  void put(const YAML::Mark& mark, YAML::anchor_t anchor, Value v) {
    if (anchor != 0) refuse(mark, "anchors (&name) are not allowed", "Write the value out.");
    if (expecting_key()) refuse(mark, "a key must be text");
    v.line = mark.line + 1;
    v.column = mark.column + 1;
    place() = std::move(v);
  }

  Value& place() {
    if (open_.empty()) return root_;
    Value& parent = *open_.back();
    if (parent.kind == Value::Kind::array) return parent.items.emplace_back();
    key_waits_.back() = false;
    return parent.fields.back().second;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Value::Kind kind) {
    if (tag != "?" && !tag.empty()) refuse(mark, "tags (" + tag + ") are not allowed");
    if (open_.size() >= maximum_depth) refuse(mark, "nested deeper than " + std::to_string(maximum_depth));
    Value v;
    v.kind = kind;
    if (anchor != 0) refuse(mark, "anchors (&name) are not allowed", "Write the value out.");
    if (expecting_key()) refuse(mark, "a key must be text");
    v.line = mark.line + 1;
    v.column = mark.column + 1;
    Value& here = place();
    here = std::move(v);
    open_.push_back(&here);
    key_waits_.push_back(false);
  }

  void close() {
    open_.pop_back();
    key_waits_.pop_back();
  }

  std::string file_;
  Value& root_;
  std::vector<Value*> open_;
  std::vector<bool> key_waits_;  // for each open map: a key was read, its value not yet
};

/// yaml-cpp recurses for each level, so depth is bounded before it sees the text.
void expect_shallow(std::string_view text, const std::string& file) {
  int depth = 0;
  for (const char c : text) {
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (depth > 4 * maximum_depth)
      throw usage_error(file, "nested deeper than " + std::to_string(maximum_depth));
  }
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-' || text[i] == '?' || text[i] == ':')
      ++run;
    else if (text[i] != ' ')
      run = 0;
    if (run > 4 * maximum_depth)
      throw usage_error(file, "nested deeper than " + std::to_string(maximum_depth));
  }
}

}  // namespace

Node parse_yaml(std::string_view text, const std::string& file) {
  if (text.size() > maximum_yaml_bytes) throw usage_error(file, "is larger than 1 MiB");
  expect_shallow(text, file);
  auto source = std::make_shared<Source>();
  source->file = file;
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    TreeBuilder builder(file, source->root);
    if (!parser.HandleNextDocument(builder))
      throw usage_error(file, "is empty", "A YAML document was expected.");
    Source second;
    TreeBuilder ignored(file, second.root);
    if (parser.HandleNextDocument(ignored)) throw usage_error(file, "holds more than one document");
  } catch (const YAML::Exception& error) {
    const YAML::Mark& mark = error.mark;
    throw usage_error(file + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1),
                      "not valid YAML: " + error.msg);
  }
  const Value& root = source->root;
  return {std::move(source), root, ""};
}

}  // namespace modelgate
