#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/documents/measurements.h"
#include "schemas/documents/node.h"

namespace modelgate {

/// Whose results gates take.
enum class BenchmarkTool {
  google_benchmark,
  hyperfine,
  pytest_benchmark,
  nvbench,
  criterion,
  k6,
  github_action_benchmark,
  go,
  wrk
};

/// "Google Benchmark JSON", "a file of hyperfine".
std::string name_of(BenchmarkTool tool);

/// Whose results a document of JSON, or a text that is none, holds; told by its content.
std::optional<BenchmarkTool> benchmark_tool(const Node& document);
std::optional<BenchmarkTool> benchmark_tool(std::string_view text);

/// Reads them. `path` is the document's file, for what lies beside it. Errors: those of the tool's reader.
Measurements benchmark_results_from(BenchmarkTool tool, const Node& document,
                                    const std::filesystem::path& path);
Measurements benchmark_results_from(BenchmarkTool tool, std::string_view text, const std::string& file);

}  // namespace modelgate
