#include "schemas/documents/node.h"

#include <algorithm>
#include <utility>

#include "schemas/documents/value.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using Kind = Value::Kind;

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "true or false";
    case Kind::number:
      return "a number";
    case Kind::text:
      return "text";
    case Kind::array:
      return "a list";
    case Kind::object:
      return "a map";
  }
  return "";
}

/// RFC 6901: '~' and '/' within a key.
std::string pointer_token(const std::string& key) {
  std::string token;
  for (const char c : key)
    token += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
  return token;
}

void expect(const Node& node, const Value& value, Kind kind) {
  if (value.kind != kind)
    node.refuse(std::string("expected ") + name_of(kind) + ", found " + name_of(value.kind) +
                (value.text.empty() ? "" : " ('" + value.text.substr(0, 60) + "')"));
}

}  // namespace

Node::Node(std::shared_ptr<const Source> source, const Value& value, std::string pointer)
    : source_(std::move(source)), value_(&value), pointer_(std::move(pointer)) {}

std::string Node::file() const { return source_->file; }

std::string Node::where() const {
  if (value_->line > 0)
    return source_->file + ":" + std::to_string(value_->line) + ":" + std::to_string(value_->column);
  return source_->file + "#" + (pointer_.empty() ? "/" : pointer_);
}

void Node::refuse(const std::string& what, const std::string& hint) const {
  throw usage_error(where(), what, hint);
}

bool Node::is_null() const { return value_->kind == Kind::null; }
bool Node::is_boolean() const { return value_->kind == Kind::boolean; }
bool Node::is_number() const { return value_->kind == Kind::number; }
bool Node::is_text() const { return value_->kind == Kind::text; }
bool Node::is_array() const { return value_->kind == Kind::array; }
bool Node::is_object() const { return value_->kind == Kind::object; }

std::string Node::text() const {
  expect(*this, *value_, Kind::text);
  return value_->text;
}

bool Node::boolean() const {
  expect(*this, *value_, Kind::boolean);
  return value_->boolean;
}

double Node::number() const {
  expect(*this, *value_, Kind::number);
  return value_->number;
}

double Node::number_between(double lowest, double highest) const {
  const double n = number();
  if (!(n >= lowest && n <= highest)) {
    auto shortened = [](double x) {
      std::string s = std::to_string(x);
      s.erase(s.find_last_not_of('0') + 1);
      if (!s.empty() && s.back() == '.') s.pop_back();
      return s;
    };
    refuse(value_->text + " is not between " + shortened(lowest) + " and " + shortened(highest));
  }
  return n;
}

std::int64_t Node::integer() const {
  expect(*this, *value_, Kind::number);
  if (!value_->is_integer || value_->number > 9e15 || value_->number < -9e15)
    refuse("expected a whole number, found " + value_->text);
  return static_cast<std::int64_t>(value_->number);
}

std::int64_t Node::integer_at_least(std::int64_t lowest) const {
  const std::int64_t n = integer();
  if (n < lowest) refuse(std::to_string(n) + " is less than " + std::to_string(lowest));
  return n;
}

std::vector<Node> Node::items() const {
  expect(*this, *value_, Kind::array);
  std::vector<Node> nodes;
  nodes.reserve(value_->items.size());
  for (std::size_t i = 0; i < value_->items.size(); ++i)
    nodes.emplace_back(source_, value_->items[i], pointer_ + "/" + std::to_string(i));
  return nodes;
}

std::string Node::scalar() const {
  if (is_text() || is_number() || is_boolean()) return value_->text;
  refuse(std::string("expected text or a number, found ") + name_of(value_->kind));
}

std::string Node::choice(const std::vector<std::string>& choices) const {
  const std::string chosen = text();
  if (std::find(choices.begin(), choices.end(), chosen) == choices.end()) {
    const std::string near = did_you_mean(chosen, choices);
    refuse("'" + chosen + "' is none of " + listing(choices), near);
  }
  return chosen;
}

std::vector<std::string> Node::texts() const {
  std::vector<std::string> all;
  for (const Node& item : items()) all.push_back(item.text());
  return all;
}

std::map<std::string, std::string> Node::text_map() const {
  expect(*this, *value_, Kind::object);
  std::map<std::string, std::string> map;
  for (const auto& [key, value] : value_->fields)
    map[key] = Node(source_, value, pointer_ + "/" + pointer_token(key)).scalar();
  return map;
}

Fields::Fields(const Node& object) : object_(object) { expect(object_, *object_.value_, Kind::object); }

std::optional<Node> Fields::optional(const std::string& key) {
  asked_.push_back(key);
  for (const auto& [name, value] : object_.value_->fields)
    if (name == key) return Node(object_.source_, value, object_.pointer_ + "/" + pointer_token(key));
  return std::nullopt;
}

Node Fields::required(const std::string& key) {
  std::optional<Node> found = optional(key);
  if (found) return *found;
  // A key that is nearly this one is most likely a slip of it.
  std::vector<std::string> present;
  for (const auto& field : object_.value_->fields) present.push_back(field.first);
  const std::string near = nearest(key, present);
  object_.refuse("'" + key + "' is missing",
                 near.empty() ? "" : "There is '" + near + "'; was '" + key + "' meant?");
}

std::vector<std::pair<std::string, Node>> Fields::all() {
  std::vector<std::pair<std::string, Node>> fields;
  for (const auto& [key, value] : object_.value_->fields) {
    asked_.push_back(key);
    fields.emplace_back(key, Node(object_.source_, value, object_.pointer_ + "/" + pointer_token(key)));
  }
  return fields;
}

void Fields::finish() const {
  for (const auto& [key, value] : object_.value_->fields) {
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    const Node place(object_.source_, value, object_.pointer_ + "/" + pointer_token(key));
    const std::string near = did_you_mean(key, asked_);
    place.refuse("unknown key '" + key + "'", near.empty() ? "Known here: " + listing(asked_) + "." : near);
  }
}

std::string Fields::text(const std::string& key) { return required(key).text(); }

std::string Fields::text_or(const std::string& key, std::string fallback) {
  const auto node = optional(key);
  return node ? node->text() : std::move(fallback);
}

bool Fields::boolean_or(const std::string& key, bool fallback) {
  const auto node = optional(key);
  return node ? node->boolean() : fallback;
}

std::optional<double> Fields::optional_number(const std::string& key) {
  const auto node = optional(key);
  if (!node) return std::nullopt;
  return node->number();
}

std::int64_t Fields::integer_or(const std::string& key, std::int64_t fallback) {
  const auto node = optional(key);
  return node ? node->integer() : fallback;
}

Node read_document(const std::filesystem::path& path) {
  const std::string ending = path.extension().string();
  const std::string text = read_file(path);
  return ending == ".yaml" || ending == ".yml" ? parse_yaml(text, path.string())
                                               : parse_json(text, path.string());
}

void expect_document(Fields& fields, const std::string& name, std::int64_t version) {
  const Node schema = fields.required("schema");
  const std::string expected = "modelgate/" + name;
  if (schema.text() != expected)
    schema.refuse("expected a document of schema '" + expected + "', found '" + schema.text() + "'");
  const Node found = fields.required("version");
  if (found.integer() != version)
    found.refuse("version " + std::to_string(found.integer()) + " is not supported",
                 "This program reads version " + std::to_string(version) + ".");
}

}  // namespace modelgate
