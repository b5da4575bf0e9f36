#include "schemas/formats/gate_input.h"

#include <algorithm>

#include "schemas/documents/manifest.h"
#include "schemas/formats/array_file.h"
#include "schemas/formats/benchmark_results.h"
#include "schemas/formats/benchmark_runs.h"
#include "schemas/formats/evaluation_results.h"
#include "schemas/formats/file_beside.h"
#include "schemas/formats/junit.h"
#include "schemas/formats/mapped_file.h"
#include "schemas/formats/quick_google_benchmark.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/standard_input.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

std::string words_for(ForeignFormat format) {
  switch (format) {
    case ForeignFormat::junit:
      return "JUnit XML";
    case ForeignFormat::benchmarks:
      return "results of Google Benchmark, go test -bench, hyperfine, pytest-benchmark, criterion, nvbench, "
             "k6, wrk or github-action-benchmark";
    case ForeignFormat::records:
      return "rows of answers (JSONL, CSV, npz …)";
    case ForeignFormat::safetensors:
      return "safetensors";
  }
  return "";
}

static_assert(MappedFile::padding >= quick_reading_padding);

/// From the first byte on that is not white space or a byte-order mark.
std::string_view content_of(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text;
}

/// XML as Windows tools write it: UTF-16, which the reader of XML knows.
bool looks_like_utf16_xml(std::string_view text) {
  using namespace std::string_view_literals;
  return text.starts_with("\xff\xfe<\0"sv) || text.starts_with("\xfe\xff\0<"sv);
}

/// Rows that are packed, or stand in columns behind a header.
bool looks_like_rows(std::string_view text, std::string_view content) {
  if (text.starts_with("\x1f\x8b") || text.starts_with("\x28\xb5\x2f\xfd")) return true;
  const std::string_view line = content.substr(0, content.find('\n'));
  return line.find_first_of(",\t") != std::string_view::npos &&
         std::none_of(line.begin(), line.end(),
                      [](unsigned char c) { return c < 0x20 && c != '\t' && c != '\r'; });
}

/// What a file of JSON holds.
enum class JsonShape {
  one_line,    ///< One object in one line: a document, or a single row.
  many_lines,  ///< One object over many lines.
  rows         ///< An object in each line.
};

JsonShape shape_of(std::string_view content) {
  const std::size_t end = content.find('\n');
  if (content.find_first_not_of(" \t\r\n", std::min(end, content.size())) == std::string_view::npos)
    return JsonShape::one_line;
  const std::string_view line = content.substr(0, end);
  return line[line.find_last_not_of(" \t\r")] == '}' ? JsonShape::rows : JsonShape::many_lines;
}

/// Our documents begin with their schema, so that nothing else need be tried to read them.
bool begins_with_schema(std::string_view content) {
  content.remove_prefix(1);
  content.remove_prefix(std::min(content.find_first_not_of(" \t\r\n"), content.size()));
  return content.starts_with("\"schema\"");
}

/// "This gate takes a measurements document or JUnit XML."
std::string what_is_taken(const std::set<ForeignFormat>& accepted) {
  std::vector<std::string> words;
  for (const ForeignFormat format : accepted) words.push_back(words_for(format));
  return "This gate takes a measurements document or " + listing(words) + ".";
}

[[noreturn]] void refuse(const fs::path& path, const std::string& found,
                         const std::set<ForeignFormat>& accepted) {
  throw usage_error(input_name(path), "is " + found, what_is_taken(accepted));
}

Measurements of_file(const std::string& runner, Series series) {
  Measurements measurements;
  measurements.runner = runner;
  measurements.runner_version = "file";
  measurements.series.push_back(std::move(series));
  return measurements;
}

Measurements measured_document(const Node& document, Role role) {
  Measurements measurements = measurements_from(document);
  if (measurements.subject.role != role)
    throw usage_error(document.file(), "was measured of the " + name_of(measurements.subject.role) +
                                           ", not of the " + name_of(role));
  return measurements;
}

/// `text` is that of a MappedFile.
Measurements read_any(const fs::path& path, std::string_view text, Role role,
                      const std::set<ForeignFormat>& accepted) {
  const auto expect = [&](ForeignFormat format) {
    if (!accepted.contains(format)) refuse(path, words_for(format), accepted);
  };
  const std::string place = fs::absolute(path).string();
  if (const std::optional<ArrayFormat> arrays = array_format(text)) {
    // Arrays may be tensors to compare, or columns of rows.
    const bool are_tensors =
        *arrays == ArrayFormat::safetensors && accepted.contains(ForeignFormat::safetensors);
    if (!are_tensors && accepted.contains(ForeignFormat::records))
      return of_file("records", RecordSeries{"rows", place, "", 0, 0});
    if (*arrays != ArrayFormat::safetensors) refuse(path, "a file of numpy", accepted);
    expect(ForeignFormat::safetensors);
    return of_file("safetensors", TensorSeries{"tensors", place, ""});
  }
  const std::string_view content = content_of(text);
  if (content.empty()) refuse(path, "empty", accepted);
  if (content.front() == '<' || looks_like_utf16_xml(text)) {
    expect(ForeignFormat::junit);
    return junit_from(text, input_name(path));
  }
  const bool takes_benchmarks = accepted.contains(ForeignFormat::benchmarks);
  const auto expect_size = [&] {
    if (text.size() > maximum_document_bytes)
      throw usage_error(input_name(path),
                        "is larger than " + std::to_string(maximum_document_bytes >> 20) + " MiB");
  };
  if (content.front() == '[') {
    if (!takes_benchmarks) refuse(path, "a JSON list", accepted);
    expect_size();
    const Node list = parse_json(text, input_name(path));
    if (const auto tool = benchmark_tool(list)) return benchmark_results_from(*tool, list, path);
    refuse(path, "a JSON list of another kind", accepted);
  }
  if (content.front() != '{' && takes_benchmarks) {
    expect_size();
    if (const auto tool = benchmark_tool(text)) return benchmark_results_from(*tool, text, input_name(path));
  }
  if (content.front() != '{' && accepted.contains(ForeignFormat::records) && looks_like_rows(text, content))
    return of_file("records", RecordSeries{"rows", place, "", 0, 0});
  if (content.front() != '{') refuse(path, "of a format that is not known", accepted);
  const JsonShape shape = shape_of(content);
  if (shape != JsonShape::rows) {
    expect_size();
    if (takes_benchmarks && !begins_with_schema(content))
      if (auto measurements = quick_google_benchmark(text, text.size() + MappedFile::padding))
        return *std::move(measurements);
    if (accepted.contains(ForeignFormat::records) && !begins_with_schema(content) && evaluation_tool(content))
      return of_file("records", RecordSeries{"rows", place, "", 0, 0});
    const Node document = parse_json(text, input_name(path));
    Fields fields(document);
    if (fields.optional("schema") && is_standard_input(path))
      throw usage_error(input_name(path), "is a document of ours, and its data lie beside it",
                        "Name its file instead of '-'.");
    if (fields.optional("schema")) return measured_document(document, role);
    if (const auto tool = benchmark_tool(document)) {
      if (!takes_benchmarks) refuse(path, name_of(*tool), accepted);
      return benchmark_results_from(*tool, document, path);
    }
    if (shape == JsonShape::many_lines) refuse(path, "JSON of another kind", accepted);
  }
  expect(ForeignFormat::records);
  return of_file("records", RecordSeries{"rows", place, "", 0, 0});
}

}  // namespace

Measurements read_gate_input(const fs::path& path, Role role, const std::set<ForeignFormat>& accepted) {
  Measurements measurements;
  if (is_standard_input(path) && !accepted.contains(ForeignFormat::records))
    throw usage_error(input_name(path), "is not taken by this gate", "Name a file instead of '-'.");
  const auto read = [&](const fs::path& one) {
    const MappedFile file(one);
    return read_any(one, file.text(), role, accepted);
  };
  std::error_code failure;
  const bool is_folder = !is_standard_input(path) && fs::is_directory(path, failure);
  if (is_folder && accepted.contains(ForeignFormat::records))
    measurements = of_file("records", RecordSeries{"rows", fs::absolute(path).string(), "", 0, 0});
  else if (is_folder && accepted.contains(ForeignFormat::benchmarks))
    measurements = benchmark_runs_in(path, read);
  else
    measurements = read(path);
  measurements.subject.role = role;
  return measurements;
}

fs::path data_file(const fs::path& document, const std::string& path, const std::string& digest) {
  // A foreign file is itself what was named on the command line, and is called in errors as it was there. A
  // document of ours cannot leave the digest out.
  if (fs::path(path).is_absolute() && digest.empty())
    return fs::path(path) == fs::absolute(document) ? document : fs::path(path);
  const fs::path file = file_beside(document, path);
  if (digest_of_file(file) != digest)
    throw infrastructure_error(
        file.string(), "is not the file that " + document.string() + " was written about: its digest differs",
        "Measure again.");
  return file;
}

}  // namespace modelgate
