#include "reporters/wording/pipeline.h"

namespace modelgate {
namespace {

void add(std::string& text, const std::string& separator, const std::string& more) {
  if (!more.empty()) text += (text.empty() ? "" : separator) + more;
}

std::string short_commit(const std::string& commit) { return commit.substr(0, 8); }

/// "feature/x into main", "branch main", "tag v1.1.0"
std::string change_of(const PipelineRecord& record) {
  if (!record.tag.empty()) return "tag " + record.tag;
  if (!record.target.empty())
    return (record.branch.empty() ? std::string() : record.branch + " ") + "into " + record.target;
  if (!record.branch.empty()) return "branch " + record.branch;
  return record.detached ? "on no branch (detached HEAD)" : "";
}

}  // namespace

std::string pipeline_text(const Verdict& verdict) {
  if (!verdict.pipeline) return "";
  const PipelineRecord& record = *verdict.pipeline;
  std::string text;
  // A branch and a tag say by themselves what they are.
  if (record.event != "branch" && record.event != "tag")
    text = record.event + (record.request.empty() || record.event.empty() ? "" : " " + record.request);
  add(text, ", ", change_of(record));
  std::string how;
  if (record.fork) how = "from a fork";
  if (record.merged_result) add(how, "; ", "source and target merged");
  if (!how.empty()) text += (text.empty() ? "(" : " (") + how + ")";
  add(text, ", ", record.platform.empty() ? "outside of CI" : record.platform);
  std::string commits;
  if (!record.target_commit.empty()) commits = "target at " + short_commit(record.target_commit);
  if (!record.merge_base.empty()) add(commits, ", ", "merge base " + short_commit(record.merge_base));
  add(text, "; ", commits);
  return text;
}

}  // namespace modelgate
