// What is no line of results, of the header or of units is passed over, as the format says: tests print there
// what they like. A line that begins as results do and does not go on as they do was cut off or damaged, and
// is an error.

#include "schemas/formats/go_benchmark.h"

#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "schemas/documents/place.h"
#include "schemas/formats/sample_collector.h"
#include "schemas/formats/text_words.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// "Benchmark" and then no small letter, as the testing package demands, and a number of iterations.
bool begins_results(const std::vector<std::string_view>& words) {
  constexpr std::string_view prefix = "Benchmark";
  if (words.size() < 2 || !words[0].starts_with(prefix)) return false;
  const bool named =
      words[0].size() == prefix.size() || !(words[0][prefix.size()] >= 'a' && words[0][prefix.size()] <= 'z');
  return named && number_in<std::int64_t>(words[1]).has_value();
}

/// "cpu: …" as {"cpu", "…"}, of the keys that the testing package writes.
std::optional<std::pair<std::string_view, std::string_view>> header_line(std::string_view line) {
  for (const std::string_view key : {"pkg", "goos", "goarch", "cpu"}) {
    if (!line.starts_with(key) || !line.substr(key.size()).starts_with(':')) continue;
    std::string_view value = line.substr(key.size() + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t\r"), value.size()));
    return std::pair(key, value.substr(0, value.find_last_not_of(" \t\r") + 1));
  }
  return std::nullopt;
}

std::string quantity_of(std::string_view unit) {
  if (unit == "ns/op") return "real_time";
  if (unit == "MB/s") return "bytes_per_second";
  if (unit == "B/op") return "bytes_per_op";
  if (unit == "allocs/op") return "allocs_per_op";
  return std::string(unit);
}

class GoReader {
 public:
  GoReader(std::string_view text, const std::string& file)
      : text_(text), file_(file), measurements_(measurements_of_tool("go-test", "go test -bench")) {}

  Measurements read() {
    expect_text(text_, file_);
    for_each_line(text_, [&](std::string_view line) { read_line(line); });
    return std::move(measurements_);
  }

 private:
  void read_line(std::string_view line) {
    if (const auto header = header_line(line)) return read_header(header->first, header->second);
    const std::vector<std::string_view> words = words_of(line);
    if (words.empty()) return;
    if (begins_results(words)) return read_results(words);
    if (words[0] == "Unit" && words.size() > 2) return read_unit(words);
    const bool failed = words[0] == "FAIL" || words[0] == "panic:" || line.starts_with("--- FAIL");
    if (failed)
      measurements_.problems.push_back({"benchmark_error", "go test reports a failure: " + beginning(line)});
    // The last line of a package's run.
    if (words[0] == "PASS" || words[0] == "ok" || words[0] == "FAIL") in_run_ = false;
  }

  /// One that stands behind results begins the next run.
  void read_header(std::string_view key, std::string_view value) {
    in_run_ = false;
    if (key == "pkg") {
      package_ = value;
      return;
    }
    const std::string& first = measurements_.environment.try_emplace(std::string(key), value).first->second;
    if (first != value)
      throw usage_error(place_of(value),
                        "another " + std::string(key) + ": '" + beginning(value) + "' and before '" +
                            beginning(first) + "'",
                        "Put the runs of each machine into a file of its own.");
  }

  void read_unit(const std::vector<std::string_view>& words) {
    for (std::size_t i = 2; i < words.size(); ++i)
      if (words[i] == "better=lower" || words[i] == "better=higher")
        declared_[std::string(words[1])] = words[i] == "better=lower" ? Better::lower : Better::higher;
  }

  void read_results(const std::vector<std::string_view>& words) {
    if (!in_run_) process_ = runs_[package_]++;
    in_run_ = true;
    const std::string name =
        package_.empty() ? std::string(words[0]) : package_ + "." + std::string(words[0]);
    if (words.size() == 2) refuse(words[1], "no value follows the number of iterations");
    for (std::size_t i = 2; i < words.size(); i += 2) {
      const auto value = number_in<double>(words[i]);
      if (!value || !std::isfinite(*value)) refuse(words[i], "'" + beginning(words[i]) + "' is no number");
      if (i + 1 == words.size()) refuse(words[i], "the unit is missing behind " + std::string(words[i]));
      UnitMeaning unit = meaning_of_unit(words[i + 1]);
      if (const auto found = declared_.find(std::string(words[i + 1])); found != declared_.end())
        unit.better = found->second;
      collector_.add(name, quantity_of(words[i + 1]), unit, process_, *value, file_);
    }
  }

  /// Costs a walk through the text.
  std::string place_of(std::string_view part) const {
    return place_in(text_, static_cast<std::size_t>(part.data() - text_.data()), file_);
  }
  [[noreturn]] void refuse(std::string_view part, const std::string& what) const {
    throw usage_error(place_of(part), what,
                      "A line of results is a name, iterations, and values each with its unit.");
  }

  std::string_view text_;
  const std::string& file_;
  Measurements measurements_;
  SampleCollector collector_{measurements_};
  std::map<std::string, Better> declared_;    // by unit
  std::map<std::string, std::int64_t> runs_;  // begun, by package
  std::string package_;
  std::int64_t process_ = 0;
  bool in_run_ = false;  // a result belongs to the process that the last one belongs to
};

}  // namespace

bool looks_like_go_benchmark(std::string_view text) {
  bool found = false;
  for_each_line(text, [&](std::string_view line) {
    found = found || line.starts_with("goos:") || line.starts_with("goarch:") ||
            (line.starts_with("Benchmark") && begins_results(words_of(line)));
  });
  return found;
}

Measurements go_benchmark_from(std::string_view text, const std::string& file) {
  return GoReader(text, file).read();
}

}  // namespace modelgate
