#include "reporters/annotations/job_links.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "reporters/wording/checks.h"
#include "reporters/wording/text.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_label = 200;

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

/// A path as part of an address (RFC 3986).
std::string in_address(const std::string& path) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string all;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(c))
      all += c;
    else
      all += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return all;
}

/// Without a slash at its end.
std::string checked_address(std::string url) {
  const bool is_http = url.starts_with("https://") || url.starts_with("http://");
  if (!is_http || !is_printable(url) || url.find_first_of(" \"<>\\") != std::string::npos)
    throw usage_error("--job-url", "'" + beginning(url) + "' is no address of a job",
                      "GitLab's links lead to the job's artifacts: --job-url \"$CI_JOB_URL\".");
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::string checked_folder(const std::string& folder) {
  const std::filesystem::path path = std::filesystem::path(folder).lexically_normal();
  if (folder.empty() || path.is_absolute() || *path.begin() == "..")
    throw usage_error("--folder", "'" + beginning(folder) + "' does not lie within the artifacts",
                      "Give the results folder relative to the repository's root, such as gate-results.");
  std::string text = path.generic_string();
  while (text.ends_with('/')) text.pop_back();
  return text == "." ? "" : text + "/";
}

Json link(const std::string& label, const std::string& url) {
  return {{"external_link", {{"label", beginning(label, longest_label)}, {"url", url}}}};
}

}  // namespace

std::string job_links(const Verdict& verdict, const std::string& job_url, const std::string& folder) {
  const std::string artifacts = checked_address(job_url) + "/artifacts/";
  const std::string results = in_address(checked_folder(folder));
  const Outcome outcome = outcome_of(verdict);
  const std::string sentence = outcome.contradiction.empty() ? verdict.sentence : outcome.contradiction;
  Json links = Json::array();
  links.push_back(link(word_for(outcome.status) + ": " + shown(sentence), artifacts + "browse/" + results));
  for (const char* name : {"summary.md", "verdict.json", "junit.xml"})
    links.push_back(link(name, artifacts + "file/" + results + name));
  Json report;
  report["modelgate"] = links;
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace modelgate
