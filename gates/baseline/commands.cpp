#include "gates/baseline/commands.h"

#include "gates/baseline/checkout.h"
#include "gates/baseline/promotion.h"
#include "gates/baseline/saving.h"
#include "gates/baseline/store.h"
#include "gates/baseline/tables.h"
#include "gates/baseline/verification.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
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
  for (const Version& version : store.versions()) try {
      if (auto manifest = store.manifest(version.stage, version.name))
        manifests.push_back(std::move(*manifest));
    } catch (const Error& error) {
      print_error(program, error);
      code = ExitCode::error;
    }
  write_stdout(options.json ? list_as_json(manifests, latest_of(store))
                            : list_in_words(manifests, latest_of(store)));
  return code;
}

/// VERSION or "latest".
std::string meant(const Store& store, const std::string& version) {
  return version == "latest" ? store.latest_release() : version;
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
  write_stdout(options.json ? to_json(manifest) : "wrote " + manifest.version + " to " + options.to + "\n");
  return ExitCode::pass;
}

}  // namespace

void BaselineOptions::declare(OptionSet& options) {
  const auto in_store = [&](OptionSet& command) {
    command.text("store", store, "DIR", "The store's folder");
  };
  const auto waiting = [&](OptionSet& command) {
    command.number("wait", wait_seconds, 0, 1e6, "SECONDS",
                   "How long to wait for others that write into the store");
  };

  OptionSet& saving = options.subcommand("save", "Copy a folder's files into the store, under a version",
                                         "modelgate-baseline save candidates/v1.0.0 --version v1.0.0",
                                         [this] { return run_save(*this); });
  saving.positional("dir", folder, "The folder that holds what would be released, and nothing else");
  saving.text("version", version, "VERSION", "What to call it; a version never changes", Need::required);
  saving.text("name", name, "NAME", "Of the model; a store is of one model");
  saving.text("commit", commit, "COMMIT", "That it was built from");
  in_store(saving);
  waiting(saving);

  OptionSet& listing = options.subcommand("list", "List all versions", "modelgate-baseline list",
                                          [this] { return run_list(*this); });
  in_store(listing);
  listing.flag("json", json, "As JSON");

  OptionSet& showing =
      options.subcommand("show", "Show one version: its files, and the verdict that let it through",
                         "modelgate-baseline show latest", [this] { return run_show(*this); });
  showing.positional("version", version, "VERSION or 'latest'");
  in_store(showing);
  showing.flag("json", json, "Its manifest, as JSON");

  OptionSet& promoting =
      options.subcommand("promote", "Release a saved version, if a verdict lets it through",
                         "modelgate-baseline promote v1.1.0 --verdict gate-results/verdict.json",
                         [this] { return run_promote(*this); });
  promoting.positional("version", version, "A saved version");
  promoting.text(
      "verdict", verdict, "FILE",
      "The verdict of `modelgate run`: of all gates of the plan, of exactly these files, against the latest "
      "release (of a first release, if there is none), every check passing. Any other releases nothing: exit "
      "code 1, 3 or 4 as the verdict says; 2 if it is of other files, of some gates only, or not "
      "against the latest release",
      Need::required);
  in_store(promoting);
  waiting(promoting);

  OptionSet& verifying =
      options.subcommand("verify", "Find what was damaged or changed: every file, manifest and verdict",
                         "modelgate-baseline verify", [this] { return run_verify(*this); });
  verifying.positional_list("version", versions,
                            "Only these (default: all, and whatever else lies in the store)", Need::optional);
  in_store(verifying);

  OptionSet& fetching = options.subcommand(
      "checkout", "Write the files of a release into a folder, checking every byte",
      "modelgate-baseline checkout latest --to baseline", [this] { return run_checkout(*this); });
  fetching.positional(
      "version", version,
      "VERSION, or 'latest': the highest release by version (v1.10.0 is above v1.9.0, v1.0.0 above "
      "v1.0.0-rc.1), not by date");
  fetching.text("to", to, "DIR", "The folder, which must not exist, be empty, or be an unchanged checkout",
                Need::required);
  in_store(fetching);
  fetching.flag("saved", saved_too, "Also a version that is saved and not released");
  fetching.flag("json", json, "Print its manifest as JSON");
}

}  // namespace modelgate
