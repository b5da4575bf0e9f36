#include "schemas/documents/node.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "schemas/documents/place.h"
#include "schemas/documents/value.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using Kind = Value::Kind;

constexpr double largest_whole = 9e15;  // below 2^53, so that a double holds each of them

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "nothing (null)";
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

bool is_number_text(const std::string& text) {
  char* end = nullptr;
  return std::isfinite(std::strtod(text.c_str(), &end)) && end != text.c_str() && *end == '\0';
}

void expect(const Node& node, const Value& value, Kind kind) {
  if (value.kind == kind) return;
  std::string found = name_of(value.kind), hint;
  const std::string shown = beginning(value.text);
  if (value.kind == Kind::text)
    found += " (\"" + shown + "\")";
  else if (!shown.empty())
    found += " (" + shown + ")";
  if (kind == Kind::text && (value.kind == Kind::number || value.kind == Kind::boolean))
    hint = "Put it in double quotes: \"" + shown + "\".";
  if (kind == Kind::number && value.kind == Kind::text && is_number_text(value.text))
    hint = "Write it without quotes: " + shown + ".";
  node.refuse(std::string("expected ") + name_of(kind) + ", found " + found, hint);
}

/// Appends the way from `here` to `wanted` to `pointer`, and says whether there is one.
bool find_way(const Value& here, const Value& wanted, std::string& pointer) {
  if (&here == &wanted) return true;
  const std::size_t length = pointer.size();
  const auto found_by = [&](const std::string& token, const Value& child) {
    // Only a value that holds others is worth writing down before it is known to be on the way.
    if (&child != &wanted && child.items.empty() && child.fields.empty()) return false;
    pointer += "/" + token;
    if (find_way(child, wanted, pointer)) return true;
    pointer.resize(length);
    return false;
  };
  for (std::size_t i = 0; i < here.items.size(); ++i)
    if (found_by(std::to_string(i), here.items[i])) return true;
  for (const auto& [key, child] : here.fields)
    if (found_by(pointer_token(key), child)) return true;
  return false;
}

}  // namespace

std::string pointer_token(const std::string& key) {
  std::string token;
  for (const char c : beginning(key))
    token += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
  return token;
}

Node::Node(std::shared_ptr<const Source> source, const Value& value)
    : source_(std::move(source)), value_(&value) {}

std::string Node::file() const { return source_->file; }

std::string Node::where() const {
  if (value_->offset >= 0)
    return place_in(source_->text, static_cast<std::size_t>(value_->offset), source_->file);
  std::string pointer;
  find_way(source_->root, *value_, pointer);
  return pointer.empty() ? source_->file : source_->file + "#" + pointer;
}

void Node::refuse(const std::string& what, const std::string& hint) const {
  throw usage_error(where(), what, hint);
}

void Node::refuse_key(const std::string& what, const std::string& hint) const {
  if (value_->key_offset < 0) refuse(what, hint);
  throw usage_error(place_in(source_->text, static_cast<std::size_t>(value_->key_offset), source_->file),
                    what, hint);
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
    refuse(beginning(value_->text) + " is not between " + shortened(lowest) + " and " + shortened(highest));
  }
  return n;
}

std::int64_t Node::integer() const {
  expect(*this, *value_, Kind::number);
  if (!value_->is_integer && std::abs(value_->number) < largest_whole)
    refuse("expected a whole number, found " + beginning(value_->text));
  if (!(std::abs(value_->number) <= largest_whole))
    refuse("the whole number " + beginning(value_->text) + " is too large");
  return static_cast<std::int64_t>(value_->number);
}

std::int64_t Node::integer_at_least(std::int64_t lowest) const {
  const std::int64_t n = integer();
  if (n < lowest)
    refuse("expected a whole number of at least " + std::to_string(lowest) + ", found " + std::to_string(n));
  return n;
}

std::vector<Node> Node::items() const {
  expect(*this, *value_, Kind::array);
  std::vector<Node> nodes;
  nodes.reserve(value_->items.size());
  for (const Value& item : value_->items) nodes.emplace_back(source_, item);
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
    refuse("'" + beginning(chosen) + "' is none of " + listing(choices), near);
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
  for (const auto& [key, value] : value_->fields) map[key] = Node(source_, value).scalar();
  return map;
}

Fields::Fields(const Node& object) : object_(object) { expect(object_, *object_.value_, Kind::object); }

std::optional<Node> Fields::optional(const std::string& key) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.push_back(key);
  for (const auto& [name, value] : object_.value_->fields)
    if (name == key) return Node(object_.source_, value);
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
                 near.empty() ? "" : "There is '" + near + "'; is '" + key + "' meant?");
}

std::vector<std::pair<std::string, Node>> Fields::all() {
  std::vector<std::pair<std::string, Node>> fields;
  for (const auto& [key, value] : object_.value_->fields) {
    asked_.push_back(key);
    fields.emplace_back(key, Node(object_.source_, value));
  }
  return fields;
}

void Fields::finish() const {
  for (const auto& [key, value] : object_.value_->fields) {
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    const std::string near = did_you_mean(key, asked_);
    Node(object_.source_, value)
        .refuse_key("unknown key '" + beginning(key) + "'",
                    near.empty() ? "Known here: " + listing(asked_) + "." : near);
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
  const std::string text = read_file(path, maximum_document_bytes);
  return ending == ".yaml" || ending == ".yml" ? parse_yaml(text, path.string())
                                               : parse_json(text, path.string());
}

void expect_document(Fields& fields, const std::string& name, std::int64_t version) {
  const std::string family = "modelgate/", expected = family + name;
  const auto schema = fields.optional("schema");
  if (!schema)
    fields.object().refuse("'schema' is missing, so it is no document of modelgate",
                           "A " + name + " document holds schema: \"" + expected + "\".");
  if (const std::string found = schema->text(); found != expected)
    schema->refuse(found.starts_with(family) ? "this is a " + beginning(found.substr(family.size())) +
                                                   " document, and a " + name + " document is expected"
                                             : "'" + beginning(found) + "' is not '" + expected + "'",
                   did_you_mean(found, {expected}));
  const Node found = fields.required("version");
  if (found.integer() != version)
    found.refuse("version " + std::to_string(found.integer()) + " is not supported",
                 "This program reads version " + std::to_string(version) + ".");
}

}  // namespace modelgate
