#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modelgate {

struct Value;
struct Source;

/// How deep lists and maps of a document may be nested.
inline constexpr std::size_t maximum_depth = 64;
/// A value takes 100 to 300 bytes of memory, and `0,` makes one: this bounds what a hostile document costs.
inline constexpr std::size_t maximum_values = 4'000'000;

/// A value of a parsed document that knows where it stands. Every conversion is strict; what does not fit is
/// a usage Error with that place. Cheap to copy; keeps the document alive.
class Node {
 public:
  Node(std::shared_ptr<const Source> source, const Value& value);

  /// "plan.yaml:12:5" for YAML, "verdict.json#/checks/0/status" (a JSON pointer) for JSON. Costs a walk
  /// through the document.
  std::string where() const;
  std::string file() const;

  bool is_null() const;
  bool is_boolean() const;
  bool is_number() const;
  bool is_text() const;
  bool is_array() const;
  bool is_object() const;

  std::string text() const;
  bool boolean() const;
  double number() const;  ///< Always finite: no document can hold NaN or infinity.
  double number_between(double lowest, double highest) const;
  std::int64_t integer() const;
  std::int64_t integer_at_least(std::int64_t lowest) const;
  std::vector<Node> items() const;

  /// The text, number or boolean as it was written ("5%", "0.05", "true").
  std::string scalar() const;
  /// The text, which must be one of `choices`; another is an error with "did you mean".
  std::string choice(const std::vector<std::string>& choices) const;
  std::vector<std::string> texts() const;
  std::map<std::string, std::string> text_map() const;

  /// An Error of kind usage at this place.
  [[noreturn]] void refuse(const std::string& what, const std::string& hint = "") const;
  /// The same at the key of this value, if it has one.
  [[noreturn]] void refuse_key(const std::string& what, const std::string& hint = "") const;

 private:
  friend class Fields;
  std::shared_ptr<const Source> source_;
  const Value* value_;
};

/// Reads the fields of an object. Call finish() at the end: a field that nobody asked for is an error
/// with "did you mean".
class Fields {
 public:
  explicit Fields(const Node& object);

  Node required(const std::string& key);
  std::optional<Node> optional(const std::string& key);
  /// All fields in the order of the document, for maps with free keys.
  std::vector<std::pair<std::string, Node>> all();
  void finish() const;

  std::string text(const std::string& key);
  std::string text_or(const std::string& key, std::string fallback);
  bool boolean_or(const std::string& key, bool fallback);
  std::optional<double> optional_number(const std::string& key);
  std::int64_t integer_or(const std::string& key, std::int64_t fallback);

  const Node& object() const { return object_; }

 private:
  Node object_;
  std::vector<std::string> asked_;
};

/// Parses JSON text (RFC 8259; a byte-order mark before it is passed over). Errors: kind usage; for what is
/// no JSON, no UTF-8, or holds a NUL byte with line and column, for duplicate keys, nesting deeper than 64
/// and more than 4,000,000 values with the pointer. `file` is only named in errors.
Node parse_json(std::string_view text, const std::string& file);

/// Parses YAML text, the safe part of it: one document of at most 1 MiB in UTF-8, text as keys, each once,
/// nesting up to 64, no tags, anchors, aliases and merge keys, no octal-looking numbers ("012"), no .nan and
/// .inf, no control characters. Errors: kind usage with line and column.
Node parse_yaml(std::string_view text, const std::string& file);

/// Reads a file by its ending: .yaml and .yml as YAML, everything else as JSON. Errors: those of read_file
/// (with maximum_document_bytes) and of the parsers.
Node read_document(const std::filesystem::path& path);

/// Checks the head of a document: `schema` is "modelgate/NAME" and `version` the supported one.
void expect_document(Fields& fields, const std::string& name, std::int64_t version);

}  // namespace modelgate
