#include "gates/baseline/promotion.h"

#include "gates/baseline/arrival.h"
#include "gates/baseline/lock.h"
#include "gates/baseline/store.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {

Promoted promote(const PromoteRequest& request) {
  const std::string text = read_file(request.verdict);
  const Verdict verdict = verdict_from(parse_json(text, request.verdict.string()));
  const Store store = Store::open(request.store);
  const StoreLock lock(store.folder(), request.wait_seconds);

  Promoted result;
  result.sentence = verdict.sentence;
  result.manifest = store.manifest(request.version);
  if (result.manifest.released) {
    result.already = result.manifest.released->verdict_digest == digest_of_bytes(text);
    if (result.already) {
      store.take_off_saved(request.version);
      return result;
    }
    throw usage_error(request.version, "is released already, by another verdict", "A release never changes.");
  }
  std::optional<Manifest> latest;
  if (store.has_releases()) latest = store.manifest(Stage::released, store.latest_release());
  result.refusal = refusal_of_files(verdict, result.manifest);
  if (!result.refusal) result.refusal = refusal_of_age(verdict, utc_day());
  if (!result.refusal) result.refusal = refusal_of_baseline(verdict, latest);
  if (result.refusal) return result;
  store.expect_undamaged(result.manifest);

  const Folder incoming = store.folder().created_folder(incoming_name);
  clear(incoming);
  result.manifest.released = ReleasedBy{store.objects().keep_text(text, incoming).digest,
                                        verdict.first_release, latest ? latest->version : ""};
  if (result.manifest.commit.empty()) result.manifest.commit = commit_judged(verdict);
  store.put(result.manifest, incoming);
  return result;
}

}  // namespace modelgate
