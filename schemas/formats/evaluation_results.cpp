#include "schemas/formats/evaluation_results.h"

#include <simdjson.h>

#include "schemas/formats/promptfoo_result.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

bool has(const element& value, const char* key) { return value.at_key(key).error() == simdjson::SUCCESS; }

/// The list of results, and where it stands.
std::optional<std::pair<array, std::string>> results_in(const element& document) {
  element results;
  if (document.at_key("results").get(results)) return std::nullopt;
  array list;
  if (!results.get_array().get(list)) return std::pair(list, std::string("/results"));
  if (!results.at_key("results").get_array().get(list))
    return std::pair(list, std::string("/results/results"));
  return std::nullopt;
}

bool are_promptfoos(const element& document, const array& results) {
  // Without any result the other parts tell.
  if (results.size() == 0) return has(document, "evalId") || has(document, "stats");
  const element first = results.at(0);
  return has(first, "success") && (has(first, "testIdx") || has(first, "vars") || has(first, "provider"));
}

bool are_tasks(const element& document) {
  object tasks;
  if (document.at_key("results").get_object().get(tasks) || tasks.size() == 0) return false;
  for (const auto task : tasks)
    if (!task.value.is_object()) return false;
  return has(document, "configs") || has(document, "versions") || has(document, "n-shot");
}

}  // namespace

std::optional<EvaluationTool> evaluation_tool(std::string_view document) {
  if (document.find("\"results\"") == std::string_view::npos) return std::nullopt;
  simdjson::dom::parser parser;
  const simdjson::padded_string text(document);
  element root;
  if (parser.parse(text).get(root) || !root.is_object()) return std::nullopt;
  if (const auto results = results_in(root))
    return are_promptfoos(root, results->first) ? std::optional(EvaluationTool::promptfoo) : std::nullopt;
  return are_tasks(root) ? std::optional(EvaluationTool::lm_evaluation_harness) : std::nullopt;
}

PromptfooRows promptfoo_rows(std::string_view document, const std::string& file) {
  simdjson::dom::parser parser;
  const simdjson::padded_string text(document);
  element root;
  if (const auto failure = parser.parse(text).get(root))
    throw usage_error(file, std::string("is not valid JSON: ") + simdjson::error_message(failure));
  const auto results = results_in(root);
  if (!results) throw usage_error(file, "holds no results of promptfoo");
  PromptfooRows rows{"", results->second};
  const bool of_several_prompts = has_several_prompts(results->first);
  std::size_t number = 0;
  for (const element result : results->first)
    append_promptfoo_row(result, of_several_prompts, file + "#" + rows.list + "/" + std::to_string(number++),
                         rows.lines);
  return rows;
}

}  // namespace modelgate
