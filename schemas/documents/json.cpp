// JSON into our tree, by nlohmann's SAX interface: the DOM would silently keep the last of two equal keys.

#include <cmath>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "schemas/documents/node.h"
#include "schemas/documents/value.h"
#include "schemas/tool/error.h"

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
    if (!std::isfinite(n)) refuse("the number " + written + " is too large");
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
    if (!open_.back().keys.insert(name).second) refuse("duplicate key '" + name + "'");
    open_.back().value->fields.emplace_back(name, Value{});
    return true;
  }
  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception& problem) override {
    const std::size_t end = std::min(position == 0 ? 0 : position - 1, text_.size());
    std::size_t line = 1, column = 1;
    for (std::size_t i = 0; i < end; ++i) {
      if (text_[i] == '\n') ++line, column = 0;
      ++column;
    }
    const std::string place = file_ + ":" + std::to_string(line) + ":" + std::to_string(column);
    if (text_.find_first_not_of(" \t\r\n") == std::string_view::npos)
      throw usage_error(file_, "is empty", "A JSON document was expected.");
    if (end >= text_.size())
      throw usage_error(place, "the JSON ends too early", "The file may have been cut off.");
    constexpr int number_overflow = 406;
    if (problem.id == number_overflow) throw usage_error(place, "the number " + token + " is too large");
    throw usage_error(
        place, "not valid JSON near '" + token.substr(token.size() > 40 ? token.size() - 40 : 0) + "'");
  }

 private:
  struct Open {
    Value* value;
    std::unordered_set<std::string> keys;
  };

  [[noreturn]] void refuse(const std::string& what) { throw usage_error(file_ + "#" + pointer(), what); }

  std::string pointer() const {
    std::string all;
    for (const Open& level : open_) {
      if (level.value->kind == Value::Kind::object && !level.value->fields.empty())
        all += "/" + level.value->fields.back().first;
      else if (level.value->kind == Value::Kind::array && !level.value->items.empty())
        all += "/" + std::to_string(level.value->items.size() - 1);
    }
    return all.empty() ? "/" : all;
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
    if (open_.empty()) return root_;
    Value& parent = *open_.back().value;
    if (parent.kind == Value::Kind::object) return parent.fields.back().second;
    return parent.items.emplace_back();
  }

  bool open(Value::Kind kind) {
    if (open_.size() >= maximum_depth) refuse("nested deeper than " + std::to_string(maximum_depth));
    Value& here = place();
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
};

}  // namespace

Node parse_json(std::string_view text, const std::string& file) {
  auto source = std::make_shared<Source>();
  source->file = file;
  TreeBuilder builder(text, file, source->root);
  if (!json::sax_parse(text.begin(), text.end(), &builder)) throw usage_error(file, "not valid JSON");
  const Value& root = source->root;
  return {std::move(source), root, ""};
}

}  // namespace modelgate
