#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace modelgate {

/// Tools whose results are one JSON document.
enum class EvaluationTool { promptfoo, lm_evaluation_harness };

/// Whose results a document holds: promptfoo's have a list of results that succeeded or did not, in
/// "results" or its "results"; those of lm-evaluation-harness a map of tasks in "results". None for any
/// other.
std::optional<EvaluationTool> evaluation_tool(std::string_view document);

/// promptfoo's results as rows of records (schemas/README.md), an object a line.
struct PromptfooRows {
  std::string lines;
  std::string list;  ///< Where the results stand in the document: "/results/results".
};

/// Row n is of result n. `id` is testIdx, `sample` promptIdx where there are several; `metrics` are score,
/// pass (0 or 1), latency_ms, cost and the named scores (one of these names becomes "named.score"); `output`
/// is that of the response, and `prediction` too if it is text; `slices` are provider, and what the test's
/// metadata and vars hold of texts, numbers and booleans; `input` is vars. A result that was not graded
/// because the model or a judge failed has `error`. Errors: kind usage with file and place for a document
/// that is no JSON, and for a result without testIdx or with fields of the wrong type.
PromptfooRows promptfoo_rows(std::string_view document, const std::string& file);

}  // namespace modelgate
