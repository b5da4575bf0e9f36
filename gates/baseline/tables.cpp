#include "gates/baseline/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using Row = std::vector<std::string>;

constexpr std::size_t short_digest = 19;  // "sha256:" and twelve digits

std::int64_t bytes_of(const Manifest& manifest) {
  std::int64_t bytes = 0;
  for (const FileEntry& entry : manifest.files) bytes += entry.bytes;
  return bytes;
}

std::string judged_in_words(const Manifest& manifest) {
  if (!manifest.released) return "not released";
  return manifest.released->first_release ? "first release, no baseline"
                                          : "against " + manifest.released->baseline;
}

std::size_t columns(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

/// Columns two blanks apart, each as wide as its widest cell.
std::string aligned(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], columns(row[i]));
    }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += row[i] + std::string(widths[i] + 2 - columns(row[i]), ' ');
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

}  // namespace

std::string size_in_words(std::int64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double size = static_cast<double>(bytes);
  const char* const units[] = {"KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  for (size /= 1024; size >= 1024 && unit < 3; ++unit) size /= 1024;
  return fmt::format("{:.1f} {}", size, units[unit]);
}

std::string list_in_words(const std::vector<Manifest>& versions, const std::string& latest) {
  if (versions.empty()) return "the store is empty\n";
  std::vector<Row> rows = {{"VERSION", "STATE", "JUDGED", "SAVED", "FILES", "SIZE", "COMMIT", "DIGEST"}};
  for (const Manifest& manifest : versions)
    rows.push_back({manifest.version,
                    !manifest.released           ? "saved"
                    : manifest.version == latest ? "latest"
                                                 : "released",
                    judged_in_words(manifest), printable(manifest.created),
                    std::to_string(manifest.files.size()), size_in_words(bytes_of(manifest)),
                    printable(manifest.commit.substr(0, 12)), manifest.digest.substr(0, short_digest)});
  return aligned(rows);
}

std::string list_as_json(const std::vector<Manifest>& versions, const std::string& latest) {
  using Json = nlohmann::ordered_json;
  Json all{{"latest", latest.empty() ? Json(nullptr) : Json(latest)}, {"versions", Json::array()}};
  for (const Manifest& manifest : versions) {
    Json one{{"version", manifest.version},    {"state", manifest.released ? "released" : "saved"},
             {"name", manifest.name},          {"commit", manifest.commit},
             {"created", manifest.created},    {"digest", manifest.digest},
             {"files", manifest.files.size()}, {"bytes", bytes_of(manifest)}};
    if (manifest.released) {
      one["first_release"] = manifest.released->first_release;
      one["baseline"] = manifest.released->first_release ? Json(nullptr) : Json(manifest.released->baseline);
      one["verdict_digest"] = manifest.released->verdict_digest;
    }
    all["versions"].push_back(std::move(one));
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string show_in_words(const Manifest& manifest, const std::string& latest,
                          const std::optional<Verdict>& verdict) {
  std::vector<Row> rows = {{"version", manifest.version}};
  const auto add = [&](const std::string& what, const std::string& value) {
    if (!value.empty()) rows.push_back({what, printable(value)});
  };
  add("name", manifest.name);
  add("state", !manifest.released           ? "saved, not released"
               : manifest.version == latest ? "released, the latest"
                                            : "released");
  if (manifest.released) add("judged", judged_in_words(manifest));
  if (verdict) {
    const auto waived = std::count_if(verdict->checks.begin(), verdict->checks.end(),
                                      [](const Check& check) { return !check.waiver.empty(); });
    add("verdict", verdict->sentence + " (" + verdict->created + ")");
    if (waived > 0) add("waived", std::to_string(waived) + (waived == 1 ? " failure" : " failures"));
    add("", manifest.released->verdict_digest);
  }
  add("saved", manifest.created);
  add("commit", manifest.commit);
  add("digest", manifest.digest);
  add("files", fmt::format("{}, {}", manifest.files.size(), size_in_words(bytes_of(manifest))));
  std::vector<Row> files;
  for (const FileEntry& entry : manifest.files)
    files.push_back({"  " + size_in_words(entry.bytes), entry.digest.substr(0, short_digest),
                     entry.executable ? "x" : "-", printable(entry.path)});
  return aligned(rows) + aligned(files);
}

}  // namespace modelgate
