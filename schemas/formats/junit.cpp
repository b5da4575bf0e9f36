#include "schemas/formats/junit.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <pugixml.hpp>

#include "schemas/formats/mapped_file.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr int maximum_depth = 64;

/// "file:line:column" of a byte.
std::string place_in(std::string_view text, std::ptrdiff_t offset, const std::string& file) {
  std::size_t line = 1, column = 1;
  for (std::size_t i = 0;
       i < text.size() && i < static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)); ++i) {
    if (text[i] == '\n') ++line, column = 0;
    ++column;
  }
  return file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

/// The message attribute, or the body where there is none, or both where they differ.
std::string message_of(const pugi::xml_node& node) {
  const std::string message = node.attribute("message").as_string(), body = node.text().as_string();
  if (message.empty() || body.find(message) != std::string::npos) return body;
  return body.empty() ? message : message + "\n" + body;
}

double seconds_of(const pugi::xml_node& node) {
  const double seconds = std::strtod(node.attribute("time").as_string(), nullptr);
  return std::isfinite(seconds) && seconds >= 0 ? seconds : 0;
}

Case case_from(const pugi::xml_node& node) {
  Case test;
  const std::string suite = node.attribute("classname").as_string(),
                    name = node.attribute("name").as_string();
  test.name = suite.empty() ? name : suite + "." + name;
  test.seconds = seconds_of(node);
  test.file = node.attribute("file").as_string();
  test.line = node.attribute("line").as_llong();
  const std::string status = node.attribute("status").as_string();
  if (const auto failure = node.child("failure")) {
    test.status = CaseStatus::failed;
    for (auto each = failure; each; each = each.next_sibling("failure"))
      test.message += (test.message.empty() ? "" : "\n") + message_of(each);
  } else if (const auto error = node.child("error")) {
    test.status = CaseStatus::failed;
    test.message = message_of(error);
  } else if (const auto skipped = node.child("skipped")) {
    test.status = CaseStatus::skipped;
    test.message = message_of(skipped);
  } else if (node.child("disabled") || status == "notrun" || status == "disabled" || status == "skipped") {
    test.status = CaseStatus::skipped;
  } else if (status == "failed" || status == "error" || status == "fail") {
    test.status = CaseStatus::failed;
    test.message = "reported as " + status;
  } else {
    test.status = CaseStatus::passed;
    if (const auto flaky = node.child("flakyFailure") ? node.child("flakyFailure") : node.child("flakyError"))
      test.message = "passed after a failed attempt: " + message_of(flaky);
  }
  return test;
}

int badness(CaseStatus status) {
  switch (status) {
    case CaseStatus::passed:
      return 0;
    case CaseStatus::skipped:
      return 1;
    case CaseStatus::not_run:
      return 2;
    case CaseStatus::failed:
    case CaseStatus::timed_out:
    case CaseStatus::crashed:
      break;
  }
  return 3;
}

class Reader {
 public:
  explicit Reader(Measurements& measurements) : measurements_(measurements) {}

  void read_suite(const pugi::xml_node& suite, int depth, const std::string& file) {
    if (depth > maximum_depth) throw usage_error(file, "its suites are nested deeper than 64");
    std::int64_t shown = 0;
    for (const pugi::xml_node& child : suite.children()) {
      const std::string name = child.name();
      if (name == "testcase") shown += add(case_from(child)) ? 1 : 0;
      if (name == "testsuite") read_suite(child, depth + 1, file);
    }
    const std::int64_t counted =
        suite.attribute("failures").as_llong() + suite.attribute("errors").as_llong();
    const bool own_count = !suite.child("testsuite") && std::string(suite.name()) == "testsuite";
    if (own_count && counted > shown)
      measurements_.problems.push_back(
          {"failures_not_shown", "the suite '" + std::string(suite.attribute("name").as_string()) +
                                     "' counts " + std::to_string(counted) +
                                     " failures and errors and shows " + std::to_string(shown)});
  }

  CaseSeries take() { return std::move(series_); }

 private:
  /// Returns whether it failed.
  bool add(Case test) {
    const bool failed = test.status == CaseStatus::failed;
    const auto [place, is_new] = places_.emplace(test.name, series_.cases.size());
    if (is_new)
      series_.cases.push_back(std::move(test));
    else if (Case& known = series_.cases[place->second]; badness(test.status) > badness(known.status))
      known = std::move(test);
    return failed;
  }

  Measurements& measurements_;
  CaseSeries series_{"tests", {}};
  std::map<std::string, std::size_t> places_;
};

}  // namespace

Measurements junit_from(std::string_view text, const std::string& file) {
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_trim_pcdata);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    throw usage_error(file, "is empty", "JUnit XML was expected.");
  if (!result)
    throw usage_error(place_in(text, result.offset, file),
                      std::string("is not valid XML: ") + result.description());
  const pugi::xml_node root = document.document_element();
  const std::string name = root.name();
  if (name != "testsuites" && name != "testsuite")
    throw usage_error(file, "is no JUnit report: its first element is <" + name + ">",
                      "<testsuites> or <testsuite> was expected.");
  Measurements measurements;
  measurements.runner = "junit";
  measurements.runner_version = "file";
  Reader reader(measurements);
  reader.read_suite(root, 0, file);
  measurements.series.push_back(reader.take());
  return measurements;
}

Measurements read_junit(const std::filesystem::path& path) {
  const MappedFile file(path);
  return junit_from(file.text(), path.string());
}

}  // namespace modelgate
