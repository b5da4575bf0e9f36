#include "gates/baseline/history.h"

#include <algorithm>
#include <set>

#include "gates/baseline/greens.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// By what a version was let through, and against what; both empty where it was not.
struct Judged {
  std::string verdict_digest, baseline;
};

Judged judged(const Manifest& version, const std::vector<Green>& greens) {
  if (version.released) return {version.released->verdict_digest, version.released->baseline};
  const auto last = std::find_if(greens.rbegin(), greens.rend(),
                                 [&](const Green& green) { return green.version == version.version; });
  return last == greens.rend() ? Judged{} : Judged{last->verdict_digest, last->baseline};
}

}  // namespace

void write_history(const Store& store, const Manifest& version, const fs::path& folder) {
  // What is asked of a history looks back on a few.
  constexpr std::size_t most_versions = 100;
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) throw infrastructure_error(folder.string(), "cannot be made: " + failure.message());
  if (!fs::is_empty(folder, failure))
    throw usage_error(folder.string(), "is not empty",
                      "Name another folder with --history; nothing was changed.");
  const std::vector<Green> greens = read_greens(store);
  std::set<std::string> seen;
  for (Manifest at = version; seen.size() < most_versions && seen.insert(at.version).second;) {
    const Judged by = judged(at, greens);
    if (by.verdict_digest.empty()) return;
    const std::string digits = std::to_string(seen.size());
    write_file(folder / (std::string(3 - std::min<std::size_t>(3, digits.size()), '0') + digits + ".json"),
               store.objects().text(by.verdict_digest));
    if (by.baseline.empty()) return;
    at = store.manifest(by.baseline);
  }
}

}  // namespace modelgate
