#include "schemas/documents/attempt.h"

#include <algorithm>

#include "schemas/documents/attempt_fields.h"
#include "schemas/documents/names.h"
#include "schemas/documents/writing.h"

namespace modelgate {
namespace {

const Names<CaseStatus> case_statuses = {
    {CaseStatus::passed, "passed"},   {CaseStatus::failed, "failed"},       {CaseStatus::skipped, "skipped"},
    {CaseStatus::crashed, "crashed"}, {CaseStatus::timed_out, "timed_out"}, {CaseStatus::not_run, "not_run"}};

Attempt attempt_from(const Node& node) {
  Fields fields(node);
  Attempt attempt;
  attempt.status = case_status_from(fields.required("status"));
  attempt.seconds = fields.optional_number("seconds").value_or(0);
  attempt.message = fields.text_or("message", "");
  fields.finish();
  return attempt;
}

}  // namespace

std::string name_of(CaseStatus status) { return name_in(case_statuses, status); }

bool is_flaky(const std::vector<Attempt>& attempts) {
  if (attempts.empty() || attempts.back().status != CaseStatus::passed) return false;
  return std::any_of(attempts.begin(), attempts.end() - 1, [](const Attempt& attempt) {
    return attempt.status != CaseStatus::passed && attempt.status != CaseStatus::skipped;
  });
}

CaseStatus case_status_from(const Node& node) { return value_in(case_statuses, node); }

std::vector<Attempt> attempts_from(const Node& node) {
  std::vector<Attempt> attempts;
  for (const Node& item : node.items()) attempts.push_back(attempt_from(item));
  if (attempts.size() < 2) node.refuse("are fewer than two attempts", "Leave 'attempts' out.");
  return attempts;
}

nlohmann::ordered_json json_of(const std::vector<Attempt>& attempts) {
  writing::Json all = writing::Json::array();
  for (const Attempt& attempt : attempts) {
    writing::Json json{{"status", name_of(attempt.status)}};
    if (attempt.seconds != 0) json["seconds"] = writing::finite(attempt.seconds, "seconds");
    writing::put(json, "message", attempt.message);
    all.push_back(std::move(json));
  }
  return all;
}

}  // namespace modelgate
