#include "schemas/formats/junit.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <tuple>

#include "schemas/documents/place.h"
#include "schemas/formats/mapped_file.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr int maximum_suite_depth = 64;
// pugixml takes up to twenty times the text, and CI systems stop at 30 MB a report.
constexpr std::size_t maximum_report_bytes = 64u << 20;

/// The message attribute, or the body where there is none, or both where they differ. Surefire puts the body
/// of an attempt into <stackTrace>.
std::string message_of(const pugi::xml_node& node) {
  const pugi::xml_node trace = node.child("stackTrace");
  const std::string message = node.attribute("message").as_string(),
                    body = (trace ? trace : node).text().as_string();
  if (message.empty() || body.find(message) != std::string::npos) return body;
  return body.empty() ? message : message + "\n" + body;
}

double seconds_of(const pugi::xml_node& node) {
  const double seconds = std::strtod(node.attribute("time").as_string(), nullptr);
  return std::isfinite(seconds) && seconds >= 0 ? seconds : 0;
}

/// What a status or result attribute says. Only what is known to be good passes.
CaseStatus status_named(std::string word) {
  static const std::set<std::string> passed = {"",   "run",     "passed",     "pass",
                                               "ok", "success", "successful", "completed"},
                                     skipped = {"notrun",  "skipped",    "disabled", "ignored",
                                                "pending", "suppressed", "excluded"},
                                     failed = {"failed",  "failure", "fail",     "error",   "errored",
                                               "crashed", "aborted", "timedout", "timeout", "broken"};
  std::transform(word.begin(), word.end(), word.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return passed.contains(word)    ? CaseStatus::passed
         : skipped.contains(word) ? CaseStatus::skipped
         : failed.contains(word)  ? CaseStatus::failed
                                  : CaseStatus::not_run;
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

/// The failures and errors that are shown of a test, and their messages in one text.
std::pair<std::int64_t, std::string> failures_of(const pugi::xml_node& node) {
  std::int64_t count = 0;
  std::string messages;
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (name != "failure" && name != "error") continue;
    messages += (count++ == 0 ? "" : "\n") + message_of(child);
  }
  return {count, messages};
}

/// Surefire's attempts: flaky ones came before a pass, those of a rerun after the failure that is shown.
std::vector<Attempt> attempts_of(const pugi::xml_node& node, const Case& test) {
  std::vector<Attempt> before, after;
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    const bool flaky = name == "flakyFailure" || name == "flakyError";
    if (!flaky && name != "rerunFailure" && name != "rerunError") continue;
    // What failed again did so after the failure; if the test passes, all of it was before.
    const bool came_before = flaky || test.status != CaseStatus::failed;
    (came_before ? before : after).push_back({CaseStatus::failed, seconds_of(child), message_of(child)});
  }
  if (before.empty() && after.empty()) return {};
  before.push_back({test.status, test.seconds, test.message});
  before.insert(before.end(), after.begin(), after.end());
  return before;
}

std::string text_of(const pugi::xml_node& node, const char* attribute) {
  return node.attribute(attribute).as_string();
}

/// `suite` is the name of the nearest suite that has one.
Case case_from(const pugi::xml_node& node, const std::string& suite, std::int64_t& failures) {
  Case test;
  const std::string name = text_of(node, "name"), classname = text_of(node, "classname");
  const std::string& family = classname.empty() ? suite : classname;
  test.name = family.empty() ? name : family + "." + name;
  test.seconds = seconds_of(node);
  test.file = text_of(node, "file");
  test.line = node.attribute("line").as_llong();
  std::tie(failures, test.message) = failures_of(node);
  if (failures > 0) {
    test.status = CaseStatus::failed;
  } else if (const auto skipped = node.child("skipped")) {
    test.status = CaseStatus::skipped;
    test.message = message_of(skipped);
  } else if (node.child("disabled")) {
    test.status = CaseStatus::skipped;
  } else {
    const std::string status = text_of(node, "status"), result = text_of(node, "result");
    const CaseStatus by_status = status_named(status), by_result = status_named(result);
    const bool status_is_worse = badness(by_status) >= badness(by_result);
    test.status = status_is_worse ? by_status : by_result;
    if (badness(test.status) > badness(CaseStatus::skipped))
      test.message = "reported as '" + (status_is_worse ? status : result) + "'";
  }
  test.attempts = attempts_of(node, test);
  return test;
}

class Reader {
 public:
  Reader(Measurements& measurements, const std::string& file) : measurements_(measurements), file_(file) {}

  void read_suite(const pugi::xml_node& suite, const std::string& outer_name, int depth) {
    if (depth > maximum_suite_depth)
      throw usage_error(file_, "its suites are nested deeper than " + std::to_string(maximum_suite_depth));
    const std::string own_name = text_of(suite, "name");
    const std::string& name =
        own_name.empty() || std::string_view(suite.name()) == "testsuites" ? outer_name : own_name;
    std::int64_t shown = 0;
    for (const pugi::xml_node& child : suite.children()) {
      const std::string_view kind = child.name();
      if (kind == "testcase") {
        std::int64_t failures = 0;
        Case test = case_from(child, name, failures);
        shown += test.status == CaseStatus::failed ? std::max<std::int64_t>(failures, 1) : 0;
        add(std::move(test));
      }
      if (kind == "testsuite" || kind == "testsuites") read_suite(child, name, depth + 1);
    }
    // Some tools count a test among the failures and among the errors.
    const std::int64_t counted =
        std::max(suite.attribute("failures").as_llong(), suite.attribute("errors").as_llong());
    const bool own_count = !suite.child("testsuite") && std::string_view(suite.name()) == "testsuite";
    if (own_count && counted > shown)
      measurements_.problems.push_back(
          {"failures_not_shown", "the suite '" + own_name + "' counts " + std::to_string(counted) +
                                     " failures or errors and shows " + std::to_string(shown)});
  }

  CaseSeries take() { return std::move(series_); }

 private:
  /// Of tests with one name, which are most often attempts at one test, the worst stays.
  void add(Case test) {
    const auto [place, is_new] = places_.emplace(test.name, series_.cases.size());
    if (is_new)
      series_.cases.push_back(std::move(test));
    else if (Case& known = series_.cases[place->second]; badness(test.status) > badness(known.status))
      known = std::move(test);
  }

  Measurements& measurements_;
  const std::string& file_;
  CaseSeries series_{"tests", {}};
  std::map<std::string, std::size_t> places_;
};

Error xml_error(std::string_view text, const pugi::xml_parse_result& result, const std::string& file) {
  std::string words = result.description();  // "Error parsing CDATA section"
  if (!words.empty() && words.front() >= 'A' && words.front() <= 'Z') words.front() += 'a' - 'A';
  const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
  return usage_error(place_in(text, std::min(offset, text.size()), file), "is not valid XML: " + words,
                     "The file may have been cut off.");
}

}  // namespace

Measurements junit_from(std::string_view text, const std::string& file) {
  if (text.size() > maximum_report_bytes)
    throw usage_error(file, "is larger than " + std::to_string(maximum_report_bytes >> 20) + " MiB",
                      "Split the report.");
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_trim_pcdata);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    throw usage_error(file, "is empty", "JUnit XML was expected.");
  if (!result) throw xml_error(text, result, file);
  const pugi::xml_node root = document.document_element();
  const std::string name = root.name();
  if (name != "testsuites" && name != "testsuite")
    throw usage_error(file, "is no JUnit report: its first element is <" + beginning(name) + ">",
                      "<testsuites> or <testsuite> was expected.");
  Measurements measurements;
  measurements.runner = "junit";
  measurements.runner_version = "file";
  Reader reader(measurements, file);
  reader.read_suite(root, "", 0);
  measurements.series.push_back(reader.take());
  return measurements;
}

Measurements read_junit(const std::filesystem::path& path) {
  const MappedFile file(path);
  return junit_from(file.text(), path.string());
}

}  // namespace modelgate
