#include "schemas/documents/verdict.h"

#include <algorithm>

#include "schemas/documents/attempt_fields.h"
#include "schemas/documents/inconclusive_fields.h"
#include "schemas/documents/names.h"
#include "schemas/documents/subject_fields.h"
#include "schemas/documents/writing.h"

namespace modelgate {
namespace {

using writing::Json;
using writing::put;
using writing::put_all;

constexpr std::int64_t verdict_version = 1;

const Names<Status> statuses = {{Status::pass, "pass"},
                                {Status::fail, "fail"},
                                {Status::inconclusive, "inconclusive"},
                                {Status::error, "error"},
                                {Status::not_compared, "not_compared"}};

const Names<Direction> directions = {{Direction::lower_is_better, "lower_is_better"},
                                     {Direction::higher_is_better, "higher_is_better"},
                                     {Direction::none, "none"}};

const Names<Limit::Kind> limit_kinds = {{Limit::Kind::minimum, "minimum"}, {Limit::Kind::maximum, "maximum"}};

Effect effect_from(const Node& node) {
  Fields fields(node);
  Effect effect;
  effect.estimate = fields.required("estimate").number();
  effect.lower = fields.optional_number("lower");
  effect.upper = fields.optional_number("upper");
  effect.confidence = fields.required("confidence").number_between(0, 1);
  effect.unit = fields.text_or("unit", "");
  fields.finish();
  return effect;
}

Limit limit_from(const Node& node) {
  Fields fields(node);
  const Limit limit{value_in(limit_kinds, fields.required("kind")), fields.required("value").number()};
  fields.finish();
  return limit;
}

std::optional<double> probability(Fields& fields, const std::string& key) {
  const auto node = fields.optional(key);
  if (!node) return std::nullopt;
  return node->number_between(0, 1);
}

LookRecord look_from(const Node& node) {
  Fields fields(node);
  LookRecord look;
  look.n = fields.required("n").integer_at_least(1);
  look.share = fields.required("share").number_between(0, 1);
  look.p_regression = fields.required("p_regression").number_between(0, 1);
  look.p_non_inferiority = fields.required("p_non_inferiority").number_between(0, 1);
  fields.finish();
  return look;
}

Check check_from(const Node& node) {
  Fields fields(node);
  Check check;
  check.gate = fields.text("gate");
  check.name = fields.text("name");
  if (const auto slice = fields.optional("slice")) check.slice = slice->text_map();
  check.status = value_in(statuses, fields.required("status"));
  check.reason = fields.text("reason");
  check.sentence = fields.text("sentence");
  check.baseline = fields.optional_number("baseline");
  check.candidate = fields.optional_number("candidate");
  check.unit = fields.text_or("unit", "");
  if (const auto direction = fields.optional("direction")) check.direction = value_in(directions, *direction);
  if (const auto effect = fields.optional("effect")) check.effect = effect_from(*effect);
  check.margin = fields.optional_number("margin");
  if (const auto limit = fields.optional("limit")) check.limit = limit_from(*limit);
  check.p_regression = probability(fields, "p_regression");
  check.p_non_inferiority = probability(fields, "p_non_inferiority");
  check.p_corrected = probability(fields, "p_corrected");
  if (const auto looks = fields.optional("looks"))
    for (const Node& look : looks->items()) check.looks.push_back(look_from(look));
  check.improved = fields.boolean_or("improved", false);
  if (const auto n = fields.optional("n"))
    for (const auto& [key, count] : Fields(*n).all()) check.n[key] = count.integer();
  check.method = fields.text_or("method", "");
  if (const auto warnings = fields.optional("warnings")) check.warnings = warnings->texts();
  check.needs = fields.text_or("needs", "");
  check.details = fields.text_or("details", "");
  check.file = fields.text_or("file", "");
  check.line = fields.integer_or("line", 0);
  if (const auto attempts = fields.optional("attempts")) check.attempts = attempts_from(*attempts);
  check.waiver = fields.text_or("waiver", "");
  fields.finish();
  return check;
}

Json json_of(const LookRecord& look) {
  return {{"n", look.n},
          {"share", writing::finite(look.share, "share")},
          {"p_regression", writing::finite(look.p_regression, "p_regression")},
          {"p_non_inferiority", writing::finite(look.p_non_inferiority, "p_non_inferiority")}};
}

Json json_of(const Effect& effect) {
  Json json{{"estimate", writing::finite(effect.estimate, "estimate")}};
  put(json, "lower", effect.lower);
  put(json, "upper", effect.upper);
  json["confidence"] = writing::finite(effect.confidence, "confidence");
  put(json, "unit", effect.unit);
  return json;
}

Json json_of(const Check& check) {
  Json json{{"gate", check.gate}, {"name", check.name}};
  put_all(json, "slice", check.slice);
  json["status"] = name_of(check.status);
  json["reason"] = check.reason;
  json["sentence"] = check.sentence;
  put(json, "baseline", check.baseline);
  put(json, "candidate", check.candidate);
  put(json, "unit", check.unit);
  if (check.direction != Direction::none) json["direction"] = name_in(directions, check.direction);
  if (check.effect) json["effect"] = json_of(*check.effect);
  put(json, "margin", check.margin);
  if (check.limit)
    json["limit"] = {{"kind", name_in(limit_kinds, check.limit->kind)},
                     {"value", writing::finite(check.limit->value, "limit")}};
  put(json, "p_regression", check.p_regression);
  put(json, "p_non_inferiority", check.p_non_inferiority);
  put(json, "p_corrected", check.p_corrected);
  for (const LookRecord& look : check.looks) json["looks"].push_back(json_of(look));
  put(json, "improved", check.improved);
  put_all(json, "n", check.n);
  put(json, "method", check.method);
  put_all(json, "warnings", check.warnings);
  put(json, "needs", check.needs);
  put(json, "details", check.details);
  put(json, "file", check.file);
  if (check.line != 0) json["line"] = check.line;
  if (!check.attempts.empty()) json["attempts"] = json_of(check.attempts);
  put(json, "waiver", check.waiver);
  return json;
}

}  // namespace

std::string name_of(Status status) { return name_in(statuses, status); }

Verdict verdict_from(const Node& document) {
  Fields fields(document);
  expect_document(fields, "verdict", verdict_version);
  Verdict verdict;
  verdict.gate = fields.text("gate");
  verdict.gate_version = fields.text("gate_version");
  verdict.created = fields.text("created");
  verdict.status = value_in(statuses, fields.required("status"));
  verdict.sentence = fields.text("sentence");
  verdict.candidate = subject_from(fields.required("candidate"));
  if (const auto baseline = fields.optional("baseline")) verdict.baseline = subject_from(*baseline);
  verdict.first_release = fields.boolean_or("first_release", false);
  verdict.alpha_fail = fields.required("alpha_fail").number_between(0, 0.5);
  verdict.alpha_pass = fields.required("alpha_pass").number_between(0, 0.5);
  verdict.plan_digest = fields.text_or("plan_digest", "");
  if (const auto policy = fields.optional("inconclusive"))
    verdict.inconclusive = inconclusive_policy_from(*policy);
  if (const auto left_out = fields.optional("left_out")) verdict.left_out = left_out->texts();
  if (const auto warnings = fields.optional("warnings")) verdict.warnings = warnings->texts();
  if (const auto environment = fields.optional("environment")) verdict.environment = environment->text_map();
  for (const Node& node : fields.required("checks").items()) verdict.checks.push_back(check_from(node));
  fields.finish();
  return verdict;
}

Verdict read_verdict(const std::filesystem::path& path) { return verdict_from(read_document(path)); }

std::string to_json(const Verdict& verdict) {
  Json json = writing::document("verdict", verdict_version);
  json["gate"] = verdict.gate;
  json["gate_version"] = verdict.gate_version;
  json["created"] = verdict.created;
  json["status"] = name_of(verdict.status);
  json["sentence"] = verdict.sentence;
  json["candidate"] = json_of(verdict.candidate);
  if (verdict.baseline) json["baseline"] = json_of(*verdict.baseline);
  put(json, "first_release", verdict.first_release);
  json["alpha_fail"] = writing::finite(verdict.alpha_fail, "alpha_fail");
  json["alpha_pass"] = writing::finite(verdict.alpha_pass, "alpha_pass");
  put(json, "plan_digest", verdict.plan_digest);
  if (verdict.inconclusive)
    json["inconclusive"] = {{"action", name_of(verdict.inconclusive->action)},
                            {"because", verdict.inconclusive->because}};
  put_all(json, "left_out", verdict.left_out);
  put_all(json, "warnings", verdict.warnings);
  put_all(json, "environment", verdict.environment);
  json["checks"] = Json::array();
  for (const Check& check : verdict.checks) json["checks"].push_back(json_of(check));
  return writing::text_of(json);
}

Status worst(const std::vector<Check>& checks) {
  const auto any = [&](Status status) {
    return std::any_of(checks.begin(), checks.end(),
                       [&](const Check& check) { return check.status == status; });
  };
  if (any(Status::fail)) return Status::fail;
  if (any(Status::error)) return Status::error;
  if (any(Status::inconclusive)) return Status::inconclusive;
  if (any(Status::pass)) return Status::pass;
  return Status::error;
}

}  // namespace modelgate
