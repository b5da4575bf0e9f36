#include "runners/torch/declared_input.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "runners/torch/dtype_names.h"
#include "runners/torch/numbers_of_options.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

using Dimension = DeclaredInput::Dimension;

constexpr const char* option = "--shapes";
constexpr const char* form =
    "Write it like 'input: float32[batch, 16]' or 'tokens: int64[batch, length] 1..9999'.";
constexpr double most_bytes = 4.0 * (1 << 30);

/// Bytes of an element, and for whole numbers the range that they hold.
struct Element {
  double bytes;
  bool whole;
  double lowest, highest;
};
// What a double holds exactly is enough of int64; the width of a range must be a number, too.
const std::map<std::string, Element> elements = {{"float32", {4, false, -1.5e38, 1.5e38}},
                                                 {"bfloat16", {2, false, -1.5e38, 1.5e38}},
                                                 {"float16", {2, false, -65504, 65504}},
                                                 {"float64", {8, false, -8e307, 8e307}},
                                                 {"int64", {8, true, -0x1p53, 0x1p53}},
                                                 {"int32", {4, true, -0x1p31, 0x1p31 - 1}},
                                                 {"int16", {2, true, -32768, 32767}},
                                                 {"int8", {1, true, -128, 127}},
                                                 {"uint8", {1, true, 0, 255}},
                                                 {"bool", {1, true, 0, 1}}};

std::vector<std::string> element_names() {
  std::vector<std::string> names;
  for (const char* name :
       {"float32", "bfloat16", "float16", "float64", "int64", "int32", "int16", "int8", "uint8", "bool"})
    names.emplace_back(name);
  return names;
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

Dimension dimension_from(const std::string& text, const std::string& input) {
  if (text == "batch") return {Dimension::Kind::batch, 0};
  if (text == "length") return {Dimension::Kind::length, 0};
  const std::optional<std::int64_t> number = whole_number(text);
  if (number && *number >= 1) return {Dimension::Kind::number, *number};
  throw usage_error(option,
                    "'" + input + "': the dimension '" + beginning(text) +
                        "' is neither batch, length nor a number above 0",
                    did_you_mean(text, {"batch", "length"}));
}

double bound_from(const std::string& text, const DeclaredInput& input, const Element& element) {
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    throw usage_error(option, "'" + input.name + "': '" + beginning(text) + "' is no number", form);
  if (element.whole && value != std::floor(value))
    throw usage_error(option,
                      "'" + input.name + "' is " + input.dtype + ", and " + text + " is no whole number");
  if (!(value >= element.lowest && value <= element.highest))
    throw usage_error(option, "'" + input.name + "': " + text + " is no value of " + input.dtype);
  return value;
}

void take_range(const std::string& text, const Element& element, DeclaredInput& input) {
  if (text.empty()) {
    if (element.whole && input.dtype != "bool")
      throw usage_error(option, "'" + input.name + "' does not say which whole numbers it holds",
                        "Write their range behind it, such as 0..9999.");
    return;
  }
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos)
    throw usage_error(option, "'" + input.name + "': '" + beginning(text) + "' is no range",
                      "Write it like 0..9999.");
  input.lowest = bound_from(trimmed(std::string_view(text).substr(0, dots)), input, element);
  input.highest = bound_from(trimmed(std::string_view(text).substr(dots + 2)), input, element);
  if (!(input.lowest <= input.highest))
    throw usage_error(option, "'" + input.name + "': the range " + beginning(text) + " is empty");
}

bool has(const DeclaredInput& input, Dimension::Kind kind) {
  return std::any_of(input.dimensions.begin(), input.dimensions.end(),
                     [&](const Dimension& dimension) { return dimension.kind == kind; });
}

}  // namespace

DeclaredInput declared_input_from(const std::string& text) {
  const std::size_t colon = text.find(':'), open = text.find('['), close = text.find(']');
  if (colon == std::string::npos || open == std::string::npos || close == std::string::npos || open < colon ||
      close < open)
    throw usage_error(option, "'" + beginning(text) + "' declares no input", form);
  DeclaredInput input;
  input.name = trimmed(std::string_view(text).substr(0, colon));
  if (input.name.empty()) throw usage_error(option, "'" + beginning(text) + "' has no name", form);
  input.dtype = dtype_from(option, trimmed(std::string_view(text).substr(colon + 1, open - colon - 1)),
                           element_names());
  std::string_view inside = std::string_view(text).substr(open + 1, close - open - 1);
  while (!trimmed(inside).empty()) {
    const std::size_t comma = std::min(inside.find(','), inside.size());
    input.dimensions.push_back(dimension_from(trimmed(inside.substr(0, comma)), input.name));
    inside.remove_prefix(std::min(comma + 1, inside.size()));
  }
  take_range(trimmed(std::string_view(text).substr(close + 1)), elements.at(input.dtype), input);
  return input;
}

std::vector<std::int64_t> DeclaredInput::sizes(const CallShape& shape) const {
  std::vector<std::int64_t> all;
  double bytes = elements.at(dtype).bytes;
  for (const Dimension& dimension : dimensions) {
    if (dimension.kind == Dimension::Kind::length && !shape.length)
      throw usage_error(option, "'" + name + "' has the dimension length, and no --lengths are given");
    all.push_back(dimension.kind == Dimension::Kind::batch    ? shape.batch
                  : dimension.kind == Dimension::Kind::length ? *shape.length
                                                              : dimension.number);
    bytes *= static_cast<double>(all.back());
  }
  if (bytes > most_bytes)
    throw usage_error(option, "'" + name + "' would be larger than 4 GiB in a call of " + text_of(shape));
  return all;
}

std::vector<DeclaredInput> declared_inputs_from(const std::vector<std::string>& texts, bool with_lengths) {
  std::vector<DeclaredInput> inputs;
  for (const std::string& text : texts) {
    inputs.push_back(declared_input_from(text));
    for (std::size_t i = 0; i + 1 < inputs.size(); ++i)
      if (inputs[i].name == inputs.back().name)
        throw usage_error(option, "declares '" + beginning(inputs.back().name) + "' twice");
  }
  const auto any = [&](Dimension::Kind kind) {
    return std::any_of(inputs.begin(), inputs.end(), [&](const auto& input) { return has(input, kind); });
  };
  if (!inputs.empty() && !any(Dimension::Kind::batch))
    throw usage_error(option, "no input has the dimension 'batch', so that batch sizes would change nothing",
                      form);
  if (!inputs.empty() && with_lengths && !any(Dimension::Kind::length))
    throw usage_error("--lengths", "no input of --shapes has the dimension 'length'", form);
  if (!with_lengths && any(Dimension::Kind::length))
    throw usage_error(option, "an input has the dimension 'length', and --lengths says nothing",
                      "Add --lengths 128, or write a number instead.");
  return inputs;
}

}  // namespace modelgate
