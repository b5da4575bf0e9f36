#include "gates/baseline/admission.h"

#include <algorithm>

#include "gates/decision/decision.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

std::string called(const Subject& subject) {
  return subject.version.empty() ? subject.digest.substr(0, 19) : subject.version;
}

bool lets_through(const Check& check) {
  return check.status == Status::pass || check.status == Status::not_compared;
}

std::optional<Refusal> refusal_of_contradiction(const Verdict& verdict) {
  if (verdict.first_release == !verdict.baseline) return std::nullopt;
  return Refusal{ExitCode::usage,
                 verdict.first_release ? "is of a first release and names a baseline"
                                       : "names no baseline and is not of a first release",
                 ""};
}

}  // namespace

std::optional<Refusal> refusal_of_files(const Verdict& verdict, const Manifest& files) {
  const std::string judge = "Judge it with `modelgate run`, all gates, and take gate-results/verdict.json.";
  // Only the suite's gate reads a plan, so that a gate that was merely called "suite" has no plan's digest.
  if (verdict.gate != "suite" || verdict.plan_digest.empty())
    return Refusal{ExitCode::usage,
                   "is the verdict of the gate '" + verdict.gate + "', not that of a whole plan", judge};
  if (verdict.candidate.digest.empty())
    return Refusal{ExitCode::usage, "does not say which files it judged", judge};
  if (verdict.candidate.digest != files.digest)
    return Refusal{ExitCode::usage,
                   "is of other files: it judged " + verdict.candidate.digest + ", and " + files.version +
                       " is " + files.digest,
                   "Save the folder that was judged, or judge the one that was saved."};
  if (verdict.status != Status::pass) {
    const ExitCode code = exit_code_of(verdict.status);
    return Refusal{code, "does not pass (" + name_of(verdict.status) + "): " + verdict.sentence, ""};
  }
  // Beyond here the status says pass. A document whose checks do not was not written by our gates.
  const auto blocking = std::find_if_not(verdict.checks.begin(), verdict.checks.end(), lets_through);
  if (blocking != verdict.checks.end())
    return Refusal{
        ExitCode::usage,
        "says that it passes, but its check '" + blocking->name + "' is " + name_of(blocking->status), judge};
  if (worst(verdict.checks) != Status::pass)
    return Refusal{ExitCode::usage, "says that it passes, but none of its checks does", judge};
  if (!verdict.left_out.empty())
    return Refusal{ExitCode::usage, "leaves out gates of the plan: " + listing(verdict.left_out), judge};
  return std::nullopt;
}

std::optional<Refusal> refusal_of_age(const Verdict& verdict, const std::string& today) {
  if (verdict.valid_until.empty())
    return Refusal{ExitCode::usage, "does not say until when it is valid", "Judge it again."};
  if (!has_expired(verdict, today)) return std::nullopt;
  return Refusal{ExitCode::usage,
                 "was valid until " + verdict.valid_until + ", and lets nothing through any more",
                 "Judge it again. A waiver's last day ends it, or the plan's verdict_days."};
}

std::optional<Refusal> refusal_of_baseline(const Verdict& verdict, const std::optional<Manifest>& latest) {
  if (auto refusal = refusal_of_contradiction(verdict)) return refusal;
  if (verdict.first_release) {
    if (!latest) return std::nullopt;
    return Refusal{ExitCode::usage,
                   "compared nothing, as for a first release, but " + latest->version + " is released",
                   "Judge it against the latest release: `modelgate run --baseline latest`."};
  }
  if (!latest)
    return Refusal{
        ExitCode::usage, "compares with " + called(*verdict.baseline) + ", but this store has no release",
        "Is this the right store? The very first version is judged with `modelgate run --first-release`."};
  const bool same_files = !verdict.baseline->digest.empty() && verdict.baseline->digest == latest->digest;
  const bool same_name = verdict.baseline->version.empty() || verdict.baseline->version == latest->version;
  if (!same_files || !same_name)
    return Refusal{
        ExitCode::usage,
        "compares with " + called(*verdict.baseline) + ", but the latest release is " + latest->version,
        "Judge it again, against " + latest->version + ": `modelgate run --baseline latest`."};
  return std::nullopt;
}

std::optional<Refusal> refusal_of_any_baseline(const Verdict& verdict,
                                               const std::optional<Manifest>& baseline, bool may_be_first) {
  if (auto refusal = refusal_of_contradiction(verdict)) return refusal;
  const std::string hint = "Judge it with `modelgate run`, against a release or a branch's last green.";
  if (verdict.first_release && !may_be_first)
    return Refusal{ExitCode::usage, "compared nothing, as for a first release, but this store has baselines",
                   hint};
  if (!verdict.first_release && !baseline)
    return Refusal{
        ExitCode::usage,
        "compares with " + called(*verdict.baseline) + ", which is no release or green of this store", hint};
  return std::nullopt;
}

std::string commit_judged(const Verdict& verdict) {
  constexpr std::size_t longest = 200;
  const std::string& commit = verdict.candidate.commit;
  return !verdict.candidate.modified && is_printable(commit) && commit.size() <= longest ? commit : "";
}

}  // namespace modelgate
