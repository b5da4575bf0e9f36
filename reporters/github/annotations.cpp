#include "reporters/github/annotations.h"

#include <algorithm>
#include <filesystem>

#include "reporters/posting/announcement.h"
#include "reporters/wording/checks.h"
#include "reporters/wording/text.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

// GitHub's limits are 255 characters and 64 KB.
constexpr std::size_t longest_title = 200, longest_sentence = 1000, longest_details = 2000;

/// The path from the repository's root, "" where it does not lead into it.
std::string path_in_repository(const std::string& file, const std::string& root) {
  if (file.empty() || !is_printable(file)) return "";
  std::filesystem::path path = std::filesystem::path(file).lexically_normal();
  if (path.is_absolute()) {
    if (root.empty()) return "";
    path = path.lexically_relative(std::filesystem::path(root).lexically_normal());
  }
  const std::string text = path.generic_string();
  return text.empty() || text == "." || text.starts_with("..") || path.is_absolute() ? "" : text;
}

/// The lines of a message of a failure, each printable, within so many bytes.
std::string details_of(const std::string& details) {
  std::string all;
  for (std::size_t begin = 0; begin < details.size() && all.size() < longest_details;) {
    const std::size_t end = std::min(details.find('\n', begin), details.size());
    all += beginning(details.substr(begin, end - begin), longest_details - all.size()) + "\n";
    begin = end + 1;
  }
  return all;
}

std::string message_of(const Check& check) {
  std::string text = beginning(check.sentence, longest_sentence);
  if (!check.needs.empty()) text += "\nneeds: " + beginning(check.needs, longest_sentence);
  if (!check.waiver.empty()) text += "\nwaived: " + beginning(check.waiver, longest_sentence);
  if (!check.details.empty()) text += "\n" + details_of(check.details);
  return text;
}

}  // namespace

std::vector<Annotation> annotations_of(const Verdict& verdict, const std::string& root, std::size_t most) {
  std::vector<Annotation> annotations;
  for (const Check* check : in_order(verdict.checks)) {
    const Standing standing = standing_of(*check);
    if (standing > Standing::flaky || annotations.size() == most) break;
    const std::string path = path_in_repository(check->file, root);
    if (path.empty()) continue;
    const bool blocks = standing == Standing::fail || standing == Standing::error;
    annotations.push_back(
        {path, std::max<std::int64_t>(check->line, 1), blocks ? "failure" : "warning",
         within_characters(word_for(standing) + ": " + shown(check->gate + ": " + name_with_slice(*check)),
                           longest_title),
         message_of(*check)});
  }
  return annotations;
}

}  // namespace modelgate
