#include "reporters/dotenv/dotenv.h"

#include "reporters/wording/checks.h"
#include "reporters/wording/text.h"
#include "schemas/documents/status_code.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_sentence = 1000, longest_value = 250;

/// One line at most so long, in which neither GitLab, which expands variables in the values that it reads,
/// nor a shell finds anything to expand.
std::string plain_line(const std::string& text, std::size_t most_bytes) {
  std::string line;
  for (const char c : shown(text)) {
    if (c == '$')
      line += "\\x24";
    else if (c == '`')
      line += "\\x60";
    else
      line += c;
  }
  return beginning(line, most_bytes);
}

class Lines {
 public:
  void add(const std::string& name, const std::string& value, std::size_t most_bytes = longest_value) {
    const std::string line = plain_line(value, most_bytes);
    if (!line.empty()) text_ += "MODELGATE_" + name + "=" + line + "\n";
  }
  void add(const std::string& name, std::size_t count) { add(name, std::to_string(count)); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

std::string dotenv_text(const Verdict& verdict) {
  const Outcome outcome = outcome_of(verdict);
  const bool warns = outcome.contradiction.empty() && only_warns(verdict);
  Tally standing = tally(verdict.checks);
  Lines lines;
  lines.add("STATUS", name_of(outcome.status));
  lines.add("EXIT_CODE", static_cast<std::size_t>(warns ? ExitCode::pass : exit_code_of(outcome.status)));
  lines.add("SENTENCE", outcome.contradiction.empty() ? verdict.sentence : outcome.contradiction,
            longest_sentence);
  lines.add("CHECKS", verdict.checks.size());
  // The same counts as in the summary for scripts: a waived, flaky or better check passes, too.
  lines.add("PASS", standing[Standing::pass] + standing[Standing::waived] + standing[Standing::flaky] +
                        standing[Standing::better]);
  lines.add("FAIL", standing[Standing::fail]);
  lines.add("INCONCLUSIVE", standing[Standing::inconclusive]);
  lines.add("ERROR", standing[Standing::error]);
  lines.add("NOT_COMPARED", standing[Standing::not_compared]);
  lines.add("WAIVED", standing[Standing::waived]);
  lines.add("FLAKY", standing[Standing::flaky]);
  lines.add("CANDIDATE", verdict.candidate.version);
  lines.add("CANDIDATE_DIGEST", verdict.candidate.digest);
  if (verdict.baseline) {
    lines.add("BASELINE", verdict.baseline->version);
    lines.add("BASELINE_DIGEST", verdict.baseline->digest);
  }
  lines.add("PLAN_DIGEST", verdict.plan_digest);
  lines.add("FIRST_RELEASE", verdict.first_release ? "true" : "false");
  return lines.text();
}

}  // namespace modelgate
