#include "gates/baseline/saving.h"

#include <algorithm>

#include "gates/baseline/arrival.h"
#include "gates/baseline/lock.h"
#include "gates/baseline/store.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

void expect_sound(const SaveRequest& request) {
  if (!is_safe_name(request.version))
    throw usage_error("--version", "'" + request.version.substr(0, 100) + "' cannot be a version",
                      "Use letters, digits, '.', '_', '+' and '-', such as v1.2.0.");
  if (request.version == "latest")
    throw usage_error("--version", "'latest' stands for the highest release and cannot be a version");
  if (request.version == "merge-base")
    throw usage_error("--version", "'merge-base' stands for where a change began and cannot be a version");
  for (const auto& [option, value] : {std::pair{"--name", request.name}, {"--commit", request.commit}})
    if (!is_printable(value) || value.size() > 200)
      throw usage_error(option, "must be at most 200 bytes of UTF-8 without control characters");
  std::error_code failure;
  const fs::path folder = fs::weakly_canonical(fs::absolute(request.folder), failure);
  const fs::path store = fs::weakly_canonical(fs::absolute(request.store), failure);
  const fs::path inside = store.lexically_relative(folder);
  if (!failure && !inside.empty() && *inside.begin() != "..")
    throw usage_error(request.store.string(), "the store lies within the folder that would be saved into it",
                      "Save the folder that holds nothing but what would be released, or use --store.");
}

/// "model.pt differs", "extra.txt is new", "a.txt is missing": how the files differ from those of `before`.
std::string difference(const Manifest& before, const std::vector<FileEntry>& now) {
  for (const FileEntry& entry : now) {
    const auto known = std::find_if(before.files.begin(), before.files.end(),
                                    [&](const FileEntry& other) { return other.path == entry.path; });
    if (known == before.files.end()) return entry.path + " is new";
    if (!(*known == entry)) return entry.path + " differs";
  }
  for (const FileEntry& entry : before.files)
    if (std::none_of(now.begin(), now.end(),
                     [&](const FileEntry& other) { return other.path == entry.path; }))
      return entry.path + " is missing";
  return "";
}

/// The baseline of one model cannot be that of another.
void expect_same_model(const Store& store, const std::string& name) {
  if (name.empty()) return;
  for (const Version& version : store.versions()) {
    const std::optional<Manifest> other = store.manifest(version.stage, version.name);
    if (!other || other->name.empty() || other->name == name) continue;
    throw usage_error(
        "--name", "this store is that of '" + other->name + "' (" + version.name + "), not of '" + name + "'",
        "A model has a store of its own; name it with --store.");
  }
}

}  // namespace

Saved save(const SaveRequest& request) {
  expect_sound(request);
  std::vector<FileEntry> files = find_files(request.folder);
  const Store store = Store::create(request.store);
  const StoreLock lock(store.folder(), request.wait_seconds);
  const Folder incoming = store.folder().created_folder(incoming_name);
  clear(incoming);
  expect_same_model(store, request.name);
  for (FileEntry& entry : files) {
    const Objects::Kept kept = store.objects().keep_file(request.folder / entry.path, incoming);
    entry.digest = kept.digest;
    entry.bytes = kept.bytes;
  }
  for (const Stage stage : {Stage::released, Stage::saved})
    if (const auto before = store.manifest(stage, request.version)) {
      if (before->files == files) {
        if (before->released) store.take_off_saved(request.version);
        return {*before, true};
      }
      throw usage_error(
          request.version,
          std::string("is ") + name_of(stage) + " with other files: " + difference(*before, files),
          "A version never changes. Choose another one.");
    }
  Manifest manifest{request.name,     request.version, request.commit, utc_now(),
                    digest_of(files), files,           std::nullopt};
  store.put(manifest, incoming);
  return {std::move(manifest), false};
}

}  // namespace modelgate
