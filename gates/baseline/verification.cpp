#include "gates/baseline/verification.h"

#include <algorithm>
#include <set>

#include "gates/baseline/admission.h"
#include "gates/baseline/arrival.h"
#include "gates/baseline/greens.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

class Verifier {
 public:
  explicit Verifier(const Store& store) : store_(store) {}

  void verify(const Version& version) {
    ++result_.versions;
    guarded([&] {
      const std::optional<Manifest> manifest = store_.manifest(version.stage, version.name);
      if (!manifest) throw infrastructure_error(path_of(version), "is missing");
      for (const FileEntry& entry : manifest->files)
        verify({entry.digest, entry.bytes}, " (" + entry.path + " of " + version.name + ")");
      if (manifest->released) verify_verdict(*manifest, path_of(version));
    });
  }

  /// The greens of the versions with these names; of all if there are none.
  void verify_greens(const std::vector<std::string>& names) {
    for (const std::int64_t number : green_numbers(store_))
      guarded([&] {
        const Green green = read_green(store_, number);
        if (!names.empty() && std::find(names.begin(), names.end(), green.version) == names.end()) return;
        ++result_.greens;
        verify_green(green, path_of_green(store_, number).string());
      });
  }

  /// Objects that no version needs are harmless as long as they are what they are called.
  void verify_everything_else() {
    guarded([&] {
      for (const std::string& digest : store_.objects().all(result_.damages)) verify({digest, -1}, "");
    });
    const std::vector<std::string> belongs = {greens_name, incoming_name, "lock",
                                              "objects",   "releases",    "saved"};
    for (const std::string& name : store_.folder().names())
      if (std::find(belongs.begin(), belongs.end(), name) == belongs.end())
        found(store_.folder().path() / name, "does not belong into a store");
    for (const Stage stage : {Stage::released, Stage::saved})
      guarded([&] { verify_names(store_.folder(stage), is_manifest, "is not the manifest of a version"); });
    guarded([&] {
      if (const auto greens = store_.folder().folder(greens_name))
        verify_names(*greens, is_green, "is not a green");
    });
  }

  void found(const std::filesystem::path& file, const std::string& words) {
    result_.damages.push_back({file, words});
  }

  Verification take() { return std::move(result_); }

 private:
  std::string path_of(const Version& version) const {
    return store_.path_of(version.stage, version.name).string();
  }

  template <typename Action>
  void guarded(const Action& action) {
    try {
      action();
    } catch (const Error& error) {
      found(error.where(), error.message());
    }
  }

  /// Each object is read once, for the first version that needs it.
  bool verify(const Objects::Kept& object, const std::string& whose) {
    if (!seen_.insert(object.digest).second) return true;
    ++result_.objects;
    const std::optional<Damage> damage = store_.objects().damage(object);
    if (damage)
      found(damage->file, damage->words + whose);
    else
      result_.bytes += std::max<std::int64_t>(object.bytes, 0);
    return !damage;
  }

  void verify_verdict(const Manifest& manifest, const std::string& where) {
    const ReleasedBy& by = *manifest.released;
    if (!verify({by.verdict_digest, -1}, " (the verdict of " + manifest.version + ")")) return;
    const Verdict verdict = verdict_from(parse_json(store_.objects().text(by.verdict_digest), where));
    if (const auto refusal = refusal_of_files(verdict, manifest))
      found(where, "was not let through by its verdict: it " + refusal->why);
    if (verdict.first_release != by.first_release)
      found(where, std::string("expected a release ") + (verdict.first_release ? "without" : "with") +
                       " a baseline, as its verdict says");
    if (by.first_release) return;
    const std::optional<Manifest> baseline = store_.manifest(Stage::released, by.baseline);
    if (!baseline)
      found(where, "was judged against " + by.baseline + ", which is not released here");
    else
      verify_baseline(verdict, *baseline, where);
  }

  void verify_baseline(const Verdict& verdict, const Manifest& baseline, const std::string& where) {
    if (!verdict.baseline || verdict.baseline->digest != baseline.digest)
      found(where, "was judged against other files than those of " + baseline.version);
  }

  void verify_green(const Green& green, const std::string& where) {
    const Manifest manifest = store_.manifest(green.version);
    if (manifest.digest != green.digest) found(where, "is of other files than " + green.version + " has");
    if (!verify({green.verdict_digest, -1}, " (the verdict of green " + std::to_string(green.number) + ")"))
      return;
    const Verdict verdict = verdict_from(parse_json(store_.objects().text(green.verdict_digest), where));
    if (const auto refusal = refusal_of_files(verdict, manifest))
      found(where, "was not let through by its verdict: it " + refusal->why);
    if (verdict.first_release != green.first_release)
      found(where, std::string("expected a green ") + (verdict.first_release ? "without" : "with") +
                       " a baseline, as its verdict says");
    if (!green.first_release) verify_baseline(verdict, store_.manifest(green.baseline), where);
  }

  static bool is_manifest(const std::string& name) { return is_safe_name(name); }
  static bool is_green(const std::string& name) {
    return name.find_first_not_of("0123456789") == std::string::npos && name.size() < 18 && name[0] != '0';
  }

  void verify_names(const Folder& folder, bool (*belongs)(const std::string&), const std::string& words) {
    for (const std::string& name : folder.names())
      if (name.size() < 6 || !name.ends_with(".json") || !belongs(name.substr(0, name.size() - 5)))
        found(folder.path() / name, words);
  }

  const Store& store_;
  Verification result_;
  std::set<std::string> seen_;
};

Version named(const Store& store, const std::string& name) {
  const std::vector<Version> all = store.versions();
  std::vector<std::string> known;
  for (const Version& version : all) {
    if (version.name == name) return version;
    known.push_back(version.name);
  }
  throw usage_error(store.folder().path().string(), "has no version '" + name + "'",
                    did_you_mean(name, known));
}

}  // namespace

Verification verify(const Store& store, const std::vector<std::string>& versions) {
  std::vector<Version> chosen;
  for (const std::string& name : versions) chosen.push_back(named(store, name));
  Verifier verifier(store);
  if (versions.empty()) chosen = store.versions();
  for (const Version& version : chosen) verifier.verify(version);
  verifier.verify_greens(versions);
  if (versions.empty()) verifier.verify_everything_else();
  if (chosen.empty()) verifier.found(store.folder().path(), "holds no version, so nothing was verified");
  return verifier.take();
}

}  // namespace modelgate
