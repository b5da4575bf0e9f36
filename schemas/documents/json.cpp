// JSON into our tree, by nlohmann's SAX interface: the DOM would silently keep the last of two equal keys.

#include <nlohmann/json.hpp>
#include <unordered_set>

#include "schemas/documents/json_syntax.h"
#include "schemas/documents/node.h"
#include "schemas/documents/place.h"
#include "schemas/documents/value.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using nlohmann::json;

class TreeBuilder : public nlohmann::json_sax<json> {
 public:
  TreeBuilder(std::string_view text, std::string file, Value& root)
      : text_(text), file_(std::move(file)), root_(root) {}

  bool null() override { return put({}); }
  bool boolean(bool b) override {
    Value v;
    v.kind = Value::Kind::boolean;
    v.boolean = b;
    v.text = b ? "true" : "false";
    return put(std::move(v));
  }
  bool number_integer(number_integer_t n) override {
    return put_number(static_cast<double>(n), true, std::to_string(n));
  }
  bool number_unsigned(number_unsigned_t n) override {
    return put_number(static_cast<double>(n), true, std::to_string(n));
  }
  bool number_float(number_float_t n, const string_t& written) override {
    return put_number(n, false, written);
  }
  bool string(string_t& s) override {
    Value v;
    v.kind = Value::Kind::text;
    v.text = std::move(s);
    return put(std::move(v));
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Value::Kind::object); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Value::Kind::array); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (!open_.back().keys.insert(name).second)
      refuse(pointer(open_.size() - 1) + "/" + pointer_token(name),
             "the key '" + beginning(name) + "' is there twice", "Keep one of the two.");
    open_.back().value->fields.emplace_back(name, Value{});
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    throw json_syntax_error(text_, position == 0 ? 0 : position - 1, open_.empty() && count_ > 0,
                            error.what(), file_);
  }

 private:
  struct Open {
    Value* value;
    std::unordered_set<std::string> keys;
  };

  [[noreturn]] void refuse(const std::string& pointer, const std::string& what,
                           const std::string& hint = "") {
    throw usage_error(file_ + (pointer.empty() ? "" : "#" + pointer), what, hint);
  }

  /// Where the value stands that was last begun, in the first `levels` of the open ones.
  std::string pointer(std::size_t levels) const {
    std::string all;
    for (std::size_t i = 0; i < levels; ++i) {
      const Value& level = *open_[i].value;
      if (level.kind == Value::Kind::object && !level.fields.empty())
        all += "/" + pointer_token(level.fields.back().first);
      else if (level.kind == Value::Kind::array && !level.items.empty())
        all += "/" + std::to_string(level.items.size() - 1);
    }
    return all;
  }

  bool put_number(double n, bool integer, std::string written) {
    Value v;
    v.kind = Value::Kind::number;
    v.number = n;
    v.is_integer = integer;
    v.text = std::move(written);
    return put(std::move(v));
  }

  /// Stores the value where the document stands now, and returns true to go on parsing.
  bool put(Value v) {
    place() = std::move(v);
    return true;
  }

  Value& place() {
    if (++count_ > maximum_values)
      refuse("", "holds more than " + std::to_string(maximum_values) + " values", "Split it.");
    if (open_.empty()) return root_;
    Value& parent = *open_.back().value;
    if (parent.kind == Value::Kind::object) return parent.fields.back().second;
    return parent.items.emplace_back();
  }

  bool open(Value::Kind kind) {
    Value& here = place();
    if (open_.size() >= maximum_depth)
      refuse(pointer(open_.size()), "is nested deeper than " + std::to_string(maximum_depth) + " levels");
    here.kind = kind;
    open_.push_back({&here, {}});
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  std::string file_;
  Value& root_;
  std::vector<Open> open_;
  std::size_t count_ = 0;  // of values
};

}  // namespace

Node parse_json(std::string_view text, const std::string& file) {
  expect_text(text, file);
  auto source = std::make_shared<Source>();
  source->file = file;
  TreeBuilder builder(text, file, source->root);
  if (!json::sax_parse(text.begin(), text.end(), &builder)) throw usage_error(file, "not valid JSON");
  const Value& root = source->root;
  return {std::move(source), root};
}

}  // namespace modelgate
