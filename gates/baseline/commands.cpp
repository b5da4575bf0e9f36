#include "gates/baseline/commands.h"

#include <algorithm>
#include <filesystem>

#include "gates/baseline/checkout.h"
#include "gates/baseline/promotion.h"
#include "gates/baseline/saving.h"
#include "gates/baseline/store.h"
#include "gates/baseline/tables.h"
#include "gates/baseline/verification.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

constexpr char program[] = "modelgate-baseline";

std::string latest_of(const Store& store) { return store.has_releases() ? store.latest_release() : ""; }

/// An empty shell variable is no place.
void expect_named(const std::string& option, const std::string& path) {
  if (path.empty()) throw usage_error(option, "is empty");
}

/// The store that the options name.
Store store_of(const BaselineOptions& options) {
  expect_named("--store", options.store);
  return Store::open(options.store);
}

std::string counted(std::int64_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

/// Writes the verdict of the release, of the one that it was judged against, and so on, as 001.json,
/// 002.json, …
void write_history(const Store& store, Manifest release, const std::filesystem::path& folder) {
  // What is asked of a history looks back on a few.
  constexpr int most_releases = 100;
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure) throw infrastructure_error(folder.string(), "cannot be made: " + failure.message());
  if (!std::filesystem::is_empty(folder, failure))
    throw usage_error(folder.string(), "is not empty",
                      "Name another folder with --history; nothing was changed.");
  for (int number = 1; number <= most_releases && release.released; ++number) {
    const std::string digits = std::to_string(number);
    write_file(folder / (std::string(3 - std::min<std::size_t>(3, digits.size()), '0') + digits + ".json"),
               store.objects().text(release.released->verdict_digest));
    if (release.released->baseline.empty()) return;
    release = store.manifest(release.released->baseline);
  }
}

/// VERSION or "latest".
std::string meant(const Store& store, const std::string& version) {
  return version == "latest" ? store.latest_release() : version;
}

}  // namespace

ExitCode run_save(const BaselineOptions& options) {
  expect_named("DIR", options.folder);
  expect_named("--store", options.store);
  const Saved saved = save(
      {options.folder, options.store, options.version, options.name, options.commit, options.wait_seconds});
  const Manifest& manifest = saved.manifest;
  std::int64_t bytes = 0;
  for (const FileEntry& entry : manifest.files) bytes += entry.bytes;
  write_stdout((saved.already ? "unchanged " : "saved ") + manifest.version + ": " +
               counted(static_cast<std::int64_t>(manifest.files.size()), "file") + ", " +
               size_in_words(bytes) + ", " + manifest.digest + "\n");
  return ExitCode::pass;
}

ExitCode run_promote(const BaselineOptions& options) {
  expect_named("--verdict", options.verdict);
  expect_named("--store", options.store);
  const Promoted promoted = promote({options.store, options.verdict, options.version, options.wait_seconds});
  if (promoted.refusal) {
    print_error(program, usage_error(options.verdict, promoted.refusal->why,
                                     options.version + " is not released. " + promoted.refusal->hint));
    return promoted.refusal->code;
  }
  const ReleasedBy& by = *promoted.manifest.released;
  write_stdout(
      (promoted.already ? "unchanged " : "released ") + promoted.manifest.version +
      (by.first_release ? ", the first release: there is no baseline" : ", judged against " + by.baseline) +
      "\n");
  return ExitCode::pass;
}

/// What is damaged is said and keeps nobody from seeing the rest; but the exit code tells.
ExitCode run_list(const BaselineOptions& options) {
  const Store store = store_of(options);
  std::vector<Manifest> manifests;
  ExitCode code = ExitCode::pass;
  for (const Version& version : store.versions()) {
    try {
      if (auto manifest = store.manifest(version.stage, version.name))
        manifests.push_back(std::move(*manifest));
    } catch (const Error& error) {
      print_error(program, error);
      code = ExitCode::error;
    }
  }
  write_stdout(options.json ? list_as_json(manifests, latest_of(store))
                            : list_in_words(manifests, latest_of(store)));
  return code;
}

ExitCode run_show(const BaselineOptions& options) {
  const Store store = store_of(options);
  const Manifest manifest = store.manifest(meant(store, options.version));
  if (options.json) {
    write_stdout(to_json(manifest));
    return ExitCode::pass;
  }
  std::optional<Verdict> verdict;
  if (manifest.released)
    verdict = verdict_from(parse_json(store.objects().text(manifest.released->verdict_digest),
                                      "the verdict of " + manifest.version));
  write_stdout(show_in_words(manifest, latest_of(store), verdict));
  return ExitCode::pass;
}

ExitCode run_verify(const BaselineOptions& options) {
  const Verification found = verify(store_of(options), options.versions);
  for (const Damage& damage : found.damages)
    print_error(program, infrastructure_error(damage.file.string(), damage.words));
  const std::string seen = counted(found.versions, "version") + ", " + counted(found.objects, "object");
  if (found.damages.empty()) {
    write_stdout(seen + ": all as they were written\n");
    return ExitCode::pass;
  }
  print_error(program,
              infrastructure_error(
                  options.store,
                  counted(static_cast<std::int64_t>(found.damages.size()), "problem") + " in " + seen));
  return ExitCode::error;
}

ExitCode run_checkout(const BaselineOptions& options) {
  expect_named("--to", options.to);
  const Store store = store_of(options);
  const std::string version = meant(store, options.version);
  const Manifest manifest = store.manifest(version);
  if (!manifest.released && !options.saved_too)
    throw usage_error(version, "is saved and not released",
                      "Only a release is a baseline. --saved takes it all the same.");
  checkout(store, manifest, options.to);
  if (!options.history.empty()) write_history(store, manifest, options.history);
  write_stdout(options.json ? to_json(manifest)
                            : "wrote " + manifest.version + " to " + printable(options.to) + "\n");
  return ExitCode::pass;
}

}  // namespace modelgate
