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

/// A green, and whether its branch has no later one.
struct Place {
  const Green* green;
  bool is_last;
};

/// The greens of one version.
std::vector<Place> places_of(const std::string& version, const std::vector<Green>& greens) {
  std::vector<Place> places;
  for (auto green = greens.begin(); green != greens.end(); ++green) {
    if (green->version != version) continue;
    const bool has_later = std::any_of(green + 1, greens.end(),
                                       [&](const Green& later) { return later.branch == green->branch; });
    places.push_back({&*green, !has_later});
  }
  return places;
}

std::string greens_in_words(const std::vector<Place>& places) {
  std::string words;
  for (const Place& place : places)
    words += (words.empty() ? "" : ", ") + printable(place.green->branch) + (place.is_last ? " (last)" : "");
  return words;
}

std::string against(bool first, const std::string& baseline) {
  return first ? "first release, no baseline" : "against " + baseline;
}

std::string judged_in_words(const Manifest& manifest, const std::vector<Place>& places) {
  if (manifest.released) return against(manifest.released->first_release, manifest.released->baseline);
  if (places.empty()) return "not released";
  return against(places.back().green->first_release, places.back().green->baseline);
}

std::string commit_of(const Manifest& manifest, const std::vector<Place>& places) {
  return !manifest.commit.empty() || places.empty() ? manifest.commit : places.back().green->commit;
}

std::string state_in_words(const Manifest& manifest, const Listing& listing,
                           const std::vector<Place>& places) {
  if (manifest.released) return manifest.version == listing.latest ? "latest" : "released";
  return places.empty() ? "saved" : "green";
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

std::string list_in_words(const Listing& listing) {
  if (listing.versions.empty()) return "the store is empty\n";
  std::vector<Row> rows = {{"VERSION", "STATE", "JUDGED", "SAVED", "FILES", "SIZE", "COMMIT", "DIGEST"}};
  if (!listing.greens.empty()) rows.front().push_back("GREEN ON");
  for (const Manifest& manifest : listing.versions) {
    const std::vector<Place> places = places_of(manifest.version, listing.greens);
    rows.push_back({manifest.version, state_in_words(manifest, listing, places),
                    judged_in_words(manifest, places), printable(manifest.created),
                    std::to_string(manifest.files.size()), size_in_words(bytes_of(manifest)),
                    printable(commit_of(manifest, places).substr(0, 12)),
                    manifest.digest.substr(0, short_digest)});
    if (!listing.greens.empty()) rows.back().push_back(greens_in_words(places));
  }
  return aligned(rows);
}

std::string list_as_json(const Listing& listing) {
  using Json = nlohmann::ordered_json;
  Json all{{"latest", listing.latest.empty() ? Json(nullptr) : Json(listing.latest)},
           {"versions", Json::array()}};
  for (const Manifest& manifest : listing.versions) {
    const std::vector<Place> places = places_of(manifest.version, listing.greens);
    Json one{{"version", manifest.version},
             {"state", manifest.released ? "released"
                       : places.empty()  ? "saved"
                                         : "green"},
             {"name", manifest.name},
             {"commit", commit_of(manifest, places)},
             {"created", manifest.created},
             {"digest", manifest.digest},
             {"files", manifest.files.size()},
             {"bytes", bytes_of(manifest)}};
    if (manifest.released) {
      one["first_release"] = manifest.released->first_release;
      one["baseline"] = manifest.released->first_release ? Json(nullptr) : Json(manifest.released->baseline);
      one["verdict_digest"] = manifest.released->verdict_digest;
    }
    for (const Place& place : places)
      one["greens"].push_back(Json{{"branch", place.green->branch},
                                   {"number", place.green->number},
                                   {"last", place.is_last},
                                   {"verdict_digest", place.green->verdict_digest}});
    all["versions"].push_back(std::move(one));
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string show_in_words(const Manifest& manifest, const std::optional<Verdict>& verdict,
                          const Listing& of) {
  const std::vector<Place> places = places_of(manifest.version, of.greens);
  std::vector<Row> rows = {{"version", manifest.version}};
  const auto add = [&](const std::string& what, const std::string& value) {
    if (!value.empty()) rows.push_back({what, printable(value)});
  };
  add("name", manifest.name);
  add("state", !manifest.released ? (places.empty() ? "saved, not released" : "green, not released")
               : manifest.version == of.latest ? "released, the latest"
                                               : "released");
  if (manifest.released) add("judged", judged_in_words(manifest, places));
  if (verdict) {
    const auto waived = std::count_if(verdict->checks.begin(), verdict->checks.end(),
                                      [](const Check& check) { return !check.waiver.empty(); });
    add("verdict", verdict->sentence + " (" + verdict->created + ")");
    if (waived > 0) add("waived", std::to_string(waived) + (waived == 1 ? " failure" : " failures"));
    add("", manifest.released->verdict_digest);
  }
  for (const Place& place : places) {
    const Green& green = *place.green;
    add("green", fmt::format("on {}{}, number {}, {} ({})", green.branch, place.is_last ? " (the last)" : "",
                             green.number, against(green.first_release, green.baseline), green.marked));
    add("", green.verdict_digest);
  }
  add("saved", manifest.created);
  add("commit", commit_of(manifest, places));
  add("digest", manifest.digest);
  add("files", fmt::format("{}, {}", manifest.files.size(), size_in_words(bytes_of(manifest))));
  std::vector<Row> files;
  for (const FileEntry& entry : manifest.files)
    files.push_back({"  " + size_in_words(entry.bytes), entry.digest.substr(0, short_digest),
                     entry.executable ? "x" : "-", printable(entry.path)});
  return aligned(rows) + aligned(files);
}

}  // namespace modelgate
