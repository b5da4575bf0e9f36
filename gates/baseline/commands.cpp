#include "gates/baseline/commands.h"

#include <algorithm>
#include <string_view>

#include "gates/baseline/checkout.h"
#include "gates/baseline/greens.h"
#include "gates/baseline/history.h"
#include "gates/baseline/marking.h"
#include "gates/baseline/promotion.h"
#include "gates/baseline/saving.h"
#include "gates/baseline/store.h"
#include "gates/baseline/tables.h"
#include "gates/baseline/verification.h"
#include "schemas/documents/branch_name.h"
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

/// What VERSION, "latest" or "branch:NAME" means.
std::string meant(const Store& store, const std::string& version) {
  constexpr std::string_view of_branch = "branch:";
  if (version == "latest") return store.latest_release();
  if (!version.starts_with(of_branch)) return version;
  const std::string branch = version.substr(of_branch.size());
  if (!is_branch_name(branch))
    throw usage_error("VERSION", "'" + beginning(branch) + "' is no name of a branch");
  if (const std::optional<Green> green = last_green(store, branch)) return green->version;
  throw usage_error(store.folder().path().string(), "the branch " + branch + " has no green yet",
                    "`modelgate-baseline green VERSION --branch " + branch + " --verdict FILE` marks one.");
}

bool is_green(const Store& store, const std::string& version) {
  const std::vector<Green> greens = read_greens(store);
  return std::any_of(greens.begin(), greens.end(),
                     [&](const Green& green) { return green.version == version; });
}

/// Says why a verdict did not let a version through, and what did not become of it.
ExitCode tell(const Refusal& refusal, const std::string& verdict, const std::string& consequence) {
  print_error(program, usage_error(verdict, refusal.why, consequence + " " + refusal.hint));
  return refusal.code;
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
  if (promoted.refusal)
    return tell(*promoted.refusal, options.verdict, options.version + " is not released.");
  const ReleasedBy& by = *promoted.manifest.released;
  write_stdout(
      (promoted.already ? "unchanged " : "released ") + promoted.manifest.version +
      (by.first_release ? ", the first release: there is no baseline" : ", judged against " + by.baseline) +
      "\n");
  return ExitCode::pass;
}

ExitCode run_green(const BaselineOptions& options) {
  expect_named("--verdict", options.verdict);
  expect_named("--store", options.store);
  const Marked marked =
      mark_green({options.store, options.verdict, options.version, options.branch, options.wait_seconds});
  const Green& green = marked.green;
  if (marked.refusal)
    return tell(*marked.refusal, options.verdict,
                options.version + " is not green on " + printable(options.branch) + ".");
  write_stdout(
      (marked.already ? "unchanged " : "green ") + green.version + ": number " +
      std::to_string(green.number) + ", on " + green.branch +
      (green.first_release ? ", the first: there was no baseline" : ", judged against " + green.baseline) +
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
  std::vector<Green> greens;
  for (const std::int64_t number : green_numbers(store)) {
    try {
      greens.push_back(read_green(store, number));
    } catch (const Error& error) {
      print_error(program, error);
      code = ExitCode::error;
    }
  }
  const Listing listing{std::move(manifests), latest_of(store), std::move(greens)};
  write_stdout(options.json ? list_as_json(listing) : list_in_words(listing));
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
  write_stdout(show_in_words(manifest, verdict, {{}, latest_of(store), read_greens(store)}));
  return ExitCode::pass;
}

ExitCode run_verify(const BaselineOptions& options) {
  const Verification found = verify(store_of(options), options.versions);
  for (const Damage& damage : found.damages)
    print_error(program, infrastructure_error(damage.file.string(), damage.words));
  const std::string seen = counted(found.versions, "version") +
                           (found.greens > 0 ? ", " + counted(found.greens, "green") : "") + ", " +
                           counted(found.objects, "object");
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
  if (!manifest.released && !options.saved_too && !is_green(store, version))
    throw usage_error(version, "is saved, and neither released nor green",
                      "Only a release or a green is a baseline. --saved takes it all the same.");
  checkout(store, manifest, options.to);
  if (!options.history.empty()) write_history(store, manifest, options.history);
  write_stdout(options.json ? to_json(manifest)
                            : "wrote " + manifest.version + " to " + printable(options.to) + "\n");
  return ExitCode::pass;
}

}  // namespace modelgate
