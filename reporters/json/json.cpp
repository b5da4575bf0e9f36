#include "reporters/json/json.h"

#include <nlohmann/json.hpp>

#include "reporters/wording/checks.h"
#include "reporters/wording/pipeline.h"
#include "schemas/documents/status_code.h"

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Subject& subject) {
  return {{"name", subject.name},
          {"version", subject.version},
          {"commit", subject.commit},
          {"modified", subject.modified},
          {"digest", subject.digest}};
}

Json json_of(const Check& check) {
  return {{"gate", check.gate},     {"name", check.name},
          {"slice", check.slice},   {"status", name_of(check.status)},
          {"reason", check.reason}, {"sentence", check.sentence},
          {"needs", check.needs}};
}

Json counts_of(const Verdict& verdict) {
  Json counts = {{"checks", verdict.checks.size()}};
  for (const Status status :
       {Status::pass, Status::fail, Status::inconclusive, Status::error, Status::not_compared}) {
    std::size_t count = 0;
    for (const Check& check : verdict.checks) count += check.status == status ? 1 : 0;
    counts[name_of(status)] = count;
  }
  Tally standing = tally(verdict.checks);
  counts["improved"] = standing[Standing::better];
  counts["waived"] = standing[Standing::waived];
  counts["flaky"] = standing[Standing::flaky];
  return counts;
}

}  // namespace

std::string summary_json(const Verdict& verdict) {
  const Outcome outcome = outcome_of(verdict);
  Json summary = {{"schema", "modelgate/summary"}, {"version", 1}};
  summary["status"] = name_of(outcome.status);
  const bool warns = outcome.contradiction.empty() && only_warns(verdict);
  summary["exit_code"] = static_cast<int>(warns ? ExitCode::pass : exit_code_of(outcome.status));
  summary["sentence"] = verdict.sentence;
  if (!outcome.contradiction.empty()) summary["contradiction"] = outcome.contradiction;
  if (verdict.inconclusive)
    summary["inconclusive"] = {{"action", name_of(verdict.inconclusive->action)},
                               {"because", verdict.inconclusive->because}};
  summary["gate"] = verdict.gate;
  summary["first_release"] = verdict.first_release;
  summary["candidate"] = json_of(verdict.candidate);
  summary["baseline"] = verdict.baseline ? json_of(*verdict.baseline) : Json(nullptr);
  summary["pipeline"] = pipeline_text(verdict);
  summary["counts"] = counts_of(verdict);
  summary["blocking"] = summary["undecided"] = Json::array();
  for (const Check* check : in_order(verdict.checks))
    if (standing_of(*check) <= Standing::inconclusive)
      summary[warns ? "undecided" : "blocking"].push_back(json_of(*check));
  summary["left_out"] = verdict.left_out;
  summary["warnings"] = all_warnings(verdict);
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace modelgate
