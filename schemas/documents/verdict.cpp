#include "schemas/documents/verdict.h"

#include <algorithm>

#include "schemas/documents/attempt_fields.h"
#include "schemas/documents/day_field.h"
#include "schemas/documents/inconclusive_fields.h"
#include "schemas/documents/names.h"
#include "schemas/documents/pipeline_fields.h"
#include "schemas/documents/sampling_fields.h"
#include "schemas/documents/subject_fields.h"
#include "schemas/documents/verdict_names.h"

namespace modelgate {
namespace {

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

CrossCheck cross_check_from(const Node& node) {
  Fields fields(node);
  CrossCheck cross_check;
  cross_check.method = fields.text("method");
  cross_check.estimate = fields.required("estimate").number();
  cross_check.p_regression = fields.required("p_regression").number_between(0, 1);
  cross_check.p_non_inferiority = fields.required("p_non_inferiority").number_between(0, 1);
  fields.finish();
  return cross_check;
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
  check.target = fields.optional_number("target");
  if (const auto limit = fields.optional("limit")) check.limit = limit_from(*limit);
  check.p_regression = probability(fields, "p_regression");
  check.p_non_inferiority = probability(fields, "p_non_inferiority");
  check.p_corrected = probability(fields, "p_corrected");
  if (const auto cross_check = fields.optional("cross_check"))
    check.cross_check = cross_check_from(*cross_check);
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
  if (const auto day = fields.optional("valid_until")) verdict.valid_until = day_from(*day);
  if (const auto pipeline = fields.optional("pipeline")) verdict.pipeline = pipeline_record_from(*pipeline);
  if (const auto sampling = fields.optional("sampling")) verdict.sampling = sampling_from(*sampling);
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

bool has_expired(const Verdict& verdict, const std::string& today) {
  return !verdict.valid_until.empty() && !(today <= verdict.valid_until);
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
