#include "schemas/formats/benchmark_results.h"

#include "schemas/formats/action_benchmark.h"
#include "schemas/formats/criterion.h"
#include "schemas/formats/go_benchmark.h"
#include "schemas/formats/google_benchmark.h"
#include "schemas/formats/hyperfine.h"
#include "schemas/formats/k6_summary.h"
#include "schemas/formats/nvbench.h"
#include "schemas/formats/pytest_benchmark.h"
#include "schemas/formats/wrk.h"

namespace modelgate {
namespace {

/// Whether the first of a list is a map with this field.
bool first_has(const std::optional<Node>& list, const std::string& key) {
  if (!list || !list->is_array()) return false;
  const std::vector<Node> items = list->items();
  return !items.empty() && items.front().is_object() && Fields(items.front()).optional(key);
}

}  // namespace

std::string name_of(BenchmarkTool tool) {
  switch (tool) {
    case BenchmarkTool::google_benchmark:
      return "Google Benchmark JSON";
    case BenchmarkTool::hyperfine:
      return "a file of hyperfine";
    case BenchmarkTool::pytest_benchmark:
      return "a file of pytest-benchmark";
    case BenchmarkTool::nvbench:
      return "a file of nvbench";
    case BenchmarkTool::criterion:
      return "a file of criterion";
    case BenchmarkTool::k6:
      return "a summary of k6";
    case BenchmarkTool::github_action_benchmark:
      return "a list for github-action-benchmark";
    case BenchmarkTool::go:
      return "a text of go test -bench";
    case BenchmarkTool::wrk:
      return "a text of wrk";
  }
  return "";
}

std::optional<BenchmarkTool> benchmark_tool(const Node& document) {
  if (document.is_array())
    return first_has(document, "value") && first_has(document, "unit")
               ? std::optional(BenchmarkTool::github_action_benchmark)
               : std::nullopt;
  if (!document.is_object()) return std::nullopt;
  Fields fields(document);
  if (const auto benchmarks = fields.optional("benchmarks")) {
    if (fields.optional("machine_info") || first_has(benchmarks, "stats"))
      return BenchmarkTool::pytest_benchmark;
    if (fields.optional("devices") || first_has(benchmarks, "states")) return BenchmarkTool::nvbench;
    return BenchmarkTool::google_benchmark;
  }
  if (first_has(fields.optional("results"), "command")) return BenchmarkTool::hyperfine;
  if (const auto metrics = fields.optional("metrics"); metrics && metrics->is_object())
    return BenchmarkTool::k6;
  if (is_of_criterion(document)) return BenchmarkTool::criterion;
  return std::nullopt;
}

std::optional<BenchmarkTool> benchmark_tool(std::string_view text) {
  if (looks_like_go_benchmark(text)) return BenchmarkTool::go;
  if (looks_like_wrk(text)) return BenchmarkTool::wrk;
  return std::nullopt;
}

Measurements benchmark_results_from(BenchmarkTool tool, const Node& document,
                                    const std::filesystem::path& path) {
  switch (tool) {
    case BenchmarkTool::hyperfine:
      return hyperfine_from(document);
    case BenchmarkTool::pytest_benchmark:
      return pytest_benchmark_from(document);
    case BenchmarkTool::nvbench:
      return nvbench_from(document, path);
    case BenchmarkTool::criterion:
      return criterion_from(document, path);
    case BenchmarkTool::k6:
      return k6_summary_from(document);
    case BenchmarkTool::github_action_benchmark:
      return action_benchmark_from(document);
    default:
      return google_benchmark_from(document);
  }
}

Measurements benchmark_results_from(BenchmarkTool tool, std::string_view text, const std::string& file) {
  return tool == BenchmarkTool::wrk ? wrk_from(text, file) : go_benchmark_from(text, file);
}

}  // namespace modelgate
