#include "runners/torch/dtype_names.h"

#include <algorithm>
#include <map>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

/// What other tools call them.
const std::map<std::string, std::string> other_names = {
    {"fp32", "float32"},  {"f32", "float32"},  {"float", "float32"},  {"single", "float32"},
    {"bf16", "bfloat16"}, {"fp16", "float16"}, {"f16", "float16"},    {"half", "float16"},
    {"fp64", "float64"},  {"f64", "float64"},  {"double", "float64"}, {"long", "int64"},
    {"i64", "int64"},     {"int", "int32"},    {"i32", "int32"},      {"short", "int16"},
    {"char", "int8"},     {"byte", "uint8"},   {"boolean", "bool"}};

}  // namespace

const std::vector<std::string>& model_dtypes() {
  static const std::vector<std::string> names = {"float32", "bfloat16", "float16", "float64"};
  return names;
}

std::string dtype_from(const std::string& option, const std::string& text,
                       const std::vector<std::string>& choices) {
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return text;
  const auto other = other_names.find(text);
  const std::string hint =
      other != other_names.end() && std::find(choices.begin(), choices.end(), other->second) != choices.end()
          ? "Did you mean '" + other->second + "'?"
          : did_you_mean(text, choices);
  throw usage_error(option, "'" + beginning(text) + "' is none of " + listing(choices), hint);
}

}  // namespace modelgate
