#include "gates/baseline/marking.h"

#include <algorithm>

#include "gates/baseline/arrival.h"
#include "gates/baseline/greens.h"
#include "gates/baseline/lock.h"
#include "gates/baseline/store.h"
#include "schemas/documents/branch_name.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

bool is_green(const std::vector<Green>& greens, const std::string& version) {
  return std::any_of(greens.begin(), greens.end(),
                     [&](const Green& green) { return green.version == version; });
}

/// Which of the versions that may be a baseline the verdict compared with.
std::optional<Manifest> compared_with(const Store& store, const std::vector<Green>& greens,
                                      const Verdict& verdict) {
  if (!verdict.baseline) return std::nullopt;
  for (const Version& version : store.versions()) {
    const std::string& named = verdict.baseline->version;
    if (!named.empty() && version.name != named) continue;
    if (version.stage != Stage::released && !is_green(greens, version.name)) continue;
    auto manifest = store.manifest(version.stage, version.name);
    if (manifest && manifest->digest == verdict.baseline->digest) return manifest;
  }
  return std::nullopt;
}

}  // namespace

Marked mark_green(const MarkRequest& request) {
  if (!is_branch_name(request.branch))
    throw usage_error("--branch", "'" + beginning(request.branch) + "' is no name of a branch");
  const std::string text = read_file(request.verdict);
  const Verdict verdict = verdict_from(parse_json(text, request.verdict.string()));
  const Store store = Store::open(request.store);
  const StoreLock lock(store.folder(), request.wait_seconds);

  Marked result;
  const Manifest manifest = store.manifest(request.version);
  const std::vector<Green> greens = read_greens(store);
  const auto before = std::find_if(greens.begin(), greens.end(), [&](const Green& green) {
    return green.version == request.version && green.branch == request.branch;
  });
  if (before != greens.end()) {
    result.green = *before;
    // By this very verdict: then nothing is asked anew, such as whether there was a baseline at that time.
    result.already = before->verdict_digest == digest_of_bytes(text);
    if (result.already) return result;
  }
  const std::optional<Manifest> baseline = compared_with(store, greens, verdict);
  const bool may_be_first = greens.empty() && !store.has_releases();
  result.refusal = refusal_of_files(verdict, manifest);
  if (!result.refusal) result.refusal = refusal_of_age(verdict, utc_day());
  if (!result.refusal) result.refusal = refusal_of_any_baseline(verdict, baseline, may_be_first);
  if (result.refusal) return result;
  result.already = before != greens.end();
  if (result.already) return result;
  store.expect_undamaged(manifest);

  const Folder incoming = store.folder().created_folder(incoming_name);
  clear(incoming);
  const std::string commit = commit_judged(verdict);
  result.green = {greens.empty() ? 1 : greens.back().number + 1,
                  request.branch,
                  manifest.version,
                  manifest.digest,
                  manifest.commit.empty() ? commit : manifest.commit,
                  utc_now(),
                  store.objects().keep_text(text, incoming).digest,
                  verdict.first_release,
                  baseline ? baseline->version : ""};
  put_green(store, result.green, incoming);
  return result;
}

}  // namespace modelgate
