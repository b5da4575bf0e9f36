#include "schemas/formats/gate_input.h"

#include <algorithm>

#include "schemas/documents/manifest.h"
#include "schemas/formats/google_benchmark.h"
#include "schemas/formats/junit.h"
#include "schemas/formats/mapped_file.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

std::string words_for(ForeignFormat format) {
  switch (format) {
    case ForeignFormat::junit:
      return "JUnit XML";
    case ForeignFormat::google_benchmark:
      return "Google Benchmark JSON";
    case ForeignFormat::records:
      return "rows of JSON (JSONL)";
    case ForeignFormat::safetensors:
      return "safetensors";
  }
  return "";
}

/// From the first byte on that is not white space or a byte-order mark.
std::string_view content_of(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text;
}

/// A safetensors file begins with the length of its header, whose first byte is '{'.
bool looks_like_safetensors(std::string_view text) {
  return text.size() > 9 && text[8] == '{' && (text[7] == '\0' && text[6] == '\0' && text[5] == '\0');
}

/// One JSON object, over one line or many, as opposed to a row of many.
bool is_one_object(std::string_view text) {
  const std::size_t end = text.find('\n');
  const std::size_t more = end == std::string_view::npos ? end : text.find_first_not_of(" \t\r\n", end);
  if (more == std::string_view::npos) return true;
  const std::string_view line = text.substr(0, end);
  return line.find_last_not_of(" \t\r") == std::string_view::npos ||
         line[line.find_last_not_of(" \t\r")] != '}';
}

/// "This gate takes a measurements document or JUnit XML."
std::string what_is_taken(const std::set<ForeignFormat>& accepted) {
  std::vector<std::string> words;
  for (const ForeignFormat format : accepted) words.push_back(words_for(format));
  return "This gate takes a measurements document or " + listing(words) + ".";
}

[[noreturn]] void refuse(const fs::path& path, const std::string& found,
                         const std::set<ForeignFormat>& accepted) {
  throw usage_error(path.string(), "is " + found, what_is_taken(accepted));
}

Measurements of_file(const std::string& runner, Series series) {
  Measurements measurements;
  measurements.runner = runner;
  measurements.runner_version = "file";
  measurements.series.push_back(std::move(series));
  return measurements;
}

Measurements read_foreign(const fs::path& path, std::string_view text,
                          const std::set<ForeignFormat>& accepted) {
  const auto expect = [&](ForeignFormat format) {
    if (!accepted.contains(format)) refuse(path, words_for(format), accepted);
  };
  const std::string place = fs::absolute(path).string();
  if (looks_like_safetensors(text)) {
    expect(ForeignFormat::safetensors);
    return of_file("safetensors", TensorSeries{"tensors", place, ""});
  }
  const std::string_view content = content_of(text);
  if (content.empty()) throw usage_error(path.string(), "is empty", what_is_taken(accepted));
  if (content.front() == '<') {
    expect(ForeignFormat::junit);
    return junit_from(text, path.string());
  }
  if (content.front() == '{') {
    if (is_one_object(text)) {
      const Node document = parse_json(text, path.string());
      Fields fields(document);
      if (fields.optional("schema")) return measurements_from(document);
      if (fields.optional("benchmarks")) {
        expect(ForeignFormat::google_benchmark);
        return google_benchmark_from(document);
      }
    }
    expect(ForeignFormat::records);
    return of_file("records", RecordSeries{"rows", place, "", 0, 0});
  }
  refuse(path, "of a format that is not known", accepted);
}

}  // namespace

Measurements read_gate_input(const fs::path& path, Role role, const std::set<ForeignFormat>& accepted) {
  const MappedFile file(path);
  Measurements measurements = read_foreign(path, file.text(), accepted);
  const bool ours = !measurements.created.empty();
  if (ours && measurements.subject.role != role)
    throw usage_error(path.string(), "was measured of the " + name_of(measurements.subject.role) +
                                         ", not of the " + name_of(role));
  measurements.subject.role = role;
  return measurements;
}

fs::path data_file(const fs::path& document, const std::string& path, const std::string& digest) {
  // A foreign file is itself what was named on the command line, and is called in errors as it was there.
  if (fs::path(path).is_absolute() && digest.empty())
    return fs::path(path) == fs::absolute(document) ? document : fs::path(path);
  const fs::path relative = fs::path(path).lexically_normal();
  if (relative.empty() || relative.is_absolute() || *relative.begin() == "..")
    throw usage_error(document.string(), "names a data file outside of its folder: " + path);
  const fs::path file = document.parent_path() / relative;
  if (digest_of_file(file) != digest)
    throw infrastructure_error(
        file.string(), "is not the file that " + document.string() + " was written about: its digest differs",
        "Measure again.");
  return file;
}

}  // namespace modelgate
