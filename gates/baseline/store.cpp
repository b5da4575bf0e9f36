#include "gates/baseline/store.h"

#include <algorithm>

#include "gates/baseline/arrival.h"
#include "gates/baseline/version_order.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view ending = ".json";
constexpr Stage stages[] = {Stage::released, Stage::saved};

std::string folder_of(Stage stage) { return stage == Stage::released ? "releases" : "saved"; }

std::string file_of(const std::string& version) { return version + std::string(ending); }

bool has_manifests(const Folder& store) {
  for (const Stage stage : stages)
    if (const std::optional<Folder> folder = store.folder(folder_of(stage));
        folder && !folder->names().empty())
      return true;
  return false;
}

}  // namespace

std::string name_of(Stage stage) { return stage == Stage::released ? "released" : "saved"; }

Store Store::open(const fs::path& path) {
  std::optional<Folder> folder = Folder::find(path);
  // The objects' folder is made last: without it, and without manifests, the first save was cut off as it
  // began.
  if (!folder || (!folder->has(objects_name) && !has_manifests(*folder)))
    throw usage_error(path.string(), "there is no baseline store here yet",
                      "`modelgate-baseline save DIR --version VERSION` makes one. To judge the very first "
                      "version, use `modelgate run --first-release`.");
  Objects objects = Objects::find(*folder);
  return {std::move(*folder), std::move(objects)};
}

Store Store::create(const fs::path& path) {
  Folder folder = Folder::create(path);
  folder.created_folder(incoming_name);
  for (const Stage stage : stages) folder.created_folder(folder_of(stage));
  Objects objects = Objects::create(folder);
  return {std::move(folder), std::move(objects)};
}

Folder Store::folder(Stage stage) const {
  std::optional<Folder> found = folder_.folder(folder_of(stage));
  if (!found) throw infrastructure_error((folder_.path() / folder_of(stage)).string(), "is missing");
  return std::move(*found);
}

std::vector<std::string> Store::names(Stage stage) const {
  std::vector<std::string> versions;
  for (const std::string& name : folder(stage).names()) {
    if (!name.ends_with(ending)) continue;
    const std::string version = name.substr(0, name.size() - ending.size());
    if (is_safe_name(version)) versions.push_back(version);
  }
  std::sort(versions.begin(), versions.end(), version_before);
  return versions;
}

std::vector<Version> Store::versions() const {
  const std::vector<std::string> released = names(Stage::released);
  std::vector<Version> all;
  for (const std::string& name : released) all.push_back({name, Stage::released});
  for (const std::string& name : names(Stage::saved))
    if (std::find(released.begin(), released.end(), name) == released.end())
      all.push_back({name, Stage::saved});
  std::sort(all.begin(), all.end(),
            [](const Version& a, const Version& b) { return version_before(a.name, b.name); });
  return all;
}

bool Store::has_releases() const { return !names(Stage::released).empty(); }

std::string Store::latest_release() const {
  const std::vector<std::string> released = names(Stage::released);
  if (released.empty())
    throw usage_error(
        folder_.path().string(), "nothing is released yet",
        "Judge the first version with `modelgate run --first-release`, then save and promote it.");
  return released.back();
}

fs::path Store::path_of(Stage stage, const std::string& version) const {
  return folder_.path() / folder_of(stage) / file_of(version);
}

std::optional<Manifest> Store::manifest(Stage stage, const std::string& version) const {
  if (!is_safe_name(version)) return std::nullopt;
  const std::optional<std::string> text = read_text(folder(stage), file_of(version));
  if (!text) return std::nullopt;
  const std::string where = path_of(stage, version).string();
  const auto refuse = [&](const std::string& what) {
    throw infrastructure_error(where, what, "The store is damaged. Restore the file from a copy.");
  };
  Manifest manifest;
  try {
    manifest = manifest_from(parse_json(*text, where));
  } catch (const Error& error) {
    throw infrastructure_error(error.where(), error.message(),
                               "The store is damaged. Restore the file from a copy.");
  }
  if (manifest.version != version)
    refuse("expected the manifest of " + version + ", found that of " + manifest.version);
  if (manifest.released.has_value() != (stage == Stage::released))
    refuse(stage == Stage::released ? "expected a release, found no verdict that let it through"
                                    : "expected a version that is not released, found a release");
  const std::string digest = digest_of_bytes(*text);
  if (!objects_.has(digest))
    refuse("was changed: expected the manifest that was written, found another one (" + digest + ")");
  return manifest;
}

Manifest Store::manifest(const std::string& version) const {
  for (const Stage stage : stages)
    if (std::optional<Manifest> found = manifest(stage, version)) return std::move(*found);
  std::vector<std::string> known;
  for (const Version& one : versions()) known.push_back(one.name);
  const std::string near = did_you_mean(version, known);
  throw usage_error(folder_.path().string(), "has no version '" + version + "'",
                    !near.empty()   ? near
                    : known.empty() ? "It is empty."
                                    : "It has " + listing(known) + ".");
}

void Store::put(const Manifest& manifest, const Folder& incoming) const {
  const Stage stage = manifest.released ? Stage::released : Stage::saved;
  const std::string text = to_json(manifest);
  objects_.keep_text(text, incoming);
  Arrival arrival(incoming);
  arrival.add(text);
  arrival.place(folder(stage), file_of(manifest.version));
  if (stage == Stage::released) take_off_saved(manifest.version);
}

void Store::expect_undamaged(const Manifest& manifest) const {
  for (const FileEntry& entry : manifest.files)
    if (const auto damage = objects_.damage({entry.digest, entry.bytes}))
      throw infrastructure_error(damage->file.string(), damage->words + " (" + entry.path + ")",
                                 "Save the same files again to mend the store.");
}

void Store::take_off_saved(const std::string& version) const {
  const Folder saved = folder(Stage::saved);
  if (!saved.has(file_of(version))) return;
  saved.remove(file_of(version));
  saved.sync();
}

}  // namespace modelgate
