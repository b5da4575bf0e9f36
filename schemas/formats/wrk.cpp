#include "schemas/formats/wrk.h"

#include <cmath>
#include <map>

#include "schemas/documents/place.h"
#include "schemas/formats/sample_collector.h"
#include "schemas/formats/text_words.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// "Running 20s test @ http://127.0.0.1:9099/echo?a=1" → "/echo".
std::string path_of(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t slash = url.find('/');
  return slash == std::string_view::npos ? "/" : std::string(url.substr(slash));
}

bool begins_run(const std::vector<std::string_view>& words) {
  return words.size() >= 5 && words[0] == "Running" && words[2] == "test" && words[3] == "@";
}

/// "99.000%" → "p99"; empty beyond 99.9 %, where runs have too few requests, and for what is no percentage.
std::string percentile_of(std::string_view word) {
  if (!word.ends_with('%')) return "";
  const auto percent = number_in<double>(word.substr(0, word.size() - 1));
  if (!percent || !(*percent > 0 && *percent <= 99.9)) return "";
  std::string digits(word.substr(0, word.size() - 1));
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.')) digits.pop_back();
  }
  return "p" + digits;
}

class WrkReader {
 public:
  WrkReader(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  Measurements read() {
    expect_text(text_, file_);
    for_each_line(text_, [&](std::string_view line) { read_line(words_of(line)); });
    return std::move(measurements_);
  }

 private:
  void read_line(const std::vector<std::string_view>& words) {
    if (begins_run(words)) {
      name_ = path_of(words[4]);
      process_ = runs_[name_]++;
      in_distribution_ = false;
      return;
    }
    if (words.empty() || name_.empty()) return;
    if (words[0] == "Latency" && words.size() > 1 && words[1] == "Distribution") {
      // wrk2 prints a second one with -U, which knows nothing of requests that waited to be sent.
      in_distribution_ = words.size() < 5 || words[4] == "Recorded";
    } else if (words[0] == "Latency" && words.size() >= 4) {
      add("mean", words[1]);
    } else if (in_distribution_ && words.size() == 2 && words[0].ends_with('%')) {
      if (const std::string percentile = percentile_of(words[0]); !percentile.empty())
        add(percentile, words[1]);
    } else if (words[0] == "Requests/sec:" && words.size() == 2) {
      collector_.add(name_, "rate", {1, "1/s", Better::higher}, process_, number(words[1], words[1]), file_);
    } else if (words[0] == "Non-2xx" || (words[0] == "Socket" && words.size() > 1 && words[1] == "errors:")) {
      std::string what(words[0]);
      for (std::size_t i = 1; i < words.size(); ++i) what.append(1, ' ').append(words[i]);
      measurements_.problems.push_back(
          {"benchmark_error", beginning(name_) + ": " + beginning(what) + "; what fails fast is not fast"});
    } else {
      in_distribution_ = false;
    }
  }

  /// A time with its unit: us, ms, s, m, h.
  void add(const std::string& quantity, std::string_view word) {
    const std::size_t end = std::min(word.find_last_of("0123456789."), word.size() - 1) + 1;
    const std::string_view written = word.substr(end);
    const UnitMeaning unit = meaning_of_unit(written == "m" ? "min" : written);
    if (unit.unit != "s") refuse(word, "'" + beginning(word) + "' is no time");
    collector_.add(name_, quantity, unit, process_, number(word, word.substr(0, end)), file_);
  }

  double number(std::string_view word, std::string_view digits) const {
    const auto value = number_in<double>(digits);
    if (!value || !std::isfinite(*value)) refuse(word, "'" + beginning(word) + "' is no number");
    return *value;
  }

  [[noreturn]] void refuse(std::string_view part, const std::string& what) const {
    throw usage_error(place_in(text_, static_cast<std::size_t>(part.data() - text_.data()), file_), what);
  }

  std::string_view text_;
  const std::string& file_;
  Measurements measurements_ = measurements_of_tool("wrk", "wrk");
  SampleCollector collector_{measurements_};
  std::map<std::string, std::int64_t> runs_;  // begun, by name
  std::string name_;
  std::int64_t process_ = 0;
  bool in_distribution_ = false;
};

}  // namespace

bool looks_like_wrk(std::string_view text) {
  bool found = false;
  for_each_line(text, [&](std::string_view line) {
    found = found || (line.starts_with("Running ") && begins_run(words_of(line)));
  });
  return found;
}

Measurements wrk_from(std::string_view text, const std::string& file) { return WrkReader(text, file).read(); }

}  // namespace modelgate
