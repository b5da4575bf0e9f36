#include "schemas/documents/calibration.h"

#include "schemas/documents/subject_fields.h"
#include "schemas/documents/writing.h"

namespace modelgate {
namespace {

using writing::Json;
using writing::put;
using writing::put_all;

constexpr std::int64_t calibration_version = 1;

ObservedRate rate_from(const Node& node) {
  Fields fields(node);
  ObservedRate rate;
  rate.count = fields.required("count").integer_at_least(0);
  rate.of = fields.required("of").integer_at_least(0);
  rate.lower = fields.required("lower").number_between(0, 1);
  rate.upper = fields.required("upper").number_between(0, 1);
  fields.finish();
  return rate;
}

NoiseComponents noise_from(const Node& node) {
  Fields fields(node);
  NoiseComponents noise;
  noise.between = fields.required("between").number();
  noise.within = fields.required("within").number();
  noise.drift = fields.required("drift").number();
  noise.pair = fields.required("pair").number();
  fields.finish();
  return noise;
}

std::optional<std::int64_t> optional_count(Fields& fields, const std::string& key) {
  const auto node = fields.optional(key);
  if (!node) return std::nullopt;
  return node->integer_at_least(1);
}

CalibratedCheck check_from(const Node& node) {
  Fields fields(node);
  CalibratedCheck check;
  check.gate = fields.text("gate");
  check.name = fields.text("name");
  if (const auto slice = fields.optional("slice")) check.slice = slice->text_map();
  check.blocks = rate_from(fields.required("blocks"));
  check.inconclusive = rate_from(fields.required("inconclusive"));
  if (const auto noise = fields.optional("noise")) check.noise = noise_from(*noise);
  check.pairs = optional_count(fields, "pairs");
  check.margin = fields.optional_number("margin");
  check.unit = fields.text_or("unit", "");
  check.detectable_80 = fields.optional_number("detectable_80");
  check.detectable_95 = fields.optional_number("detectable_95");
  check.basis = fields.text_or("basis", "");
  check.suggested_margin = fields.optional_number("suggested_margin");
  check.suggested_pairs = optional_count(fields, "suggested_pairs");
  check.too_noisy = fields.boolean_or("too_noisy", false);
  check.advice = fields.text_or("advice", "");
  fields.finish();
  return check;
}

Json json_of(const ObservedRate& rate) {
  return {{"count", rate.count},
          {"of", rate.of},
          {"lower", writing::finite(rate.lower, "lower")},
          {"upper", writing::finite(rate.upper, "upper")}};
}

Json json_of(const NoiseComponents& noise) {
  return {{"between", writing::finite(noise.between, "between")},
          {"within", writing::finite(noise.within, "within")},
          {"drift", writing::finite(noise.drift, "drift")},
          {"pair", writing::finite(noise.pair, "pair")}};
}

Json json_of(const CalibratedCheck& check) {
  Json json{{"gate", check.gate}, {"name", check.name}};
  put_all(json, "slice", check.slice);
  json["blocks"] = json_of(check.blocks);
  json["inconclusive"] = json_of(check.inconclusive);
  if (check.noise) json["noise"] = json_of(*check.noise);
  if (check.pairs) json["pairs"] = *check.pairs;
  put(json, "margin", check.margin);
  put(json, "unit", check.unit);
  put(json, "detectable_80", check.detectable_80);
  put(json, "detectable_95", check.detectable_95);
  put(json, "basis", check.basis);
  put(json, "suggested_margin", check.suggested_margin);
  if (check.suggested_pairs) json["suggested_pairs"] = *check.suggested_pairs;
  put(json, "too_noisy", check.too_noisy);
  put(json, "advice", check.advice);
  return json;
}

}  // namespace

Calibration calibration_from(const Node& document) {
  Fields fields(document);
  expect_document(fields, "calibration", calibration_version);
  Calibration calibration;
  calibration.created = fields.text("created");
  calibration.plan_digest = fields.text("plan_digest");
  calibration.baseline = subject_from(fields.required("baseline"));
  if (const auto environment = fields.optional("environment"))
    calibration.environment = environment->text_map();
  calibration.runs = fields.required("runs").integer_at_least(1);
  calibration.asked = fields.required("asked").integer_at_least(1);
  calibration.seconds = fields.required("seconds").number();
  calibration.seed = fields.required("seed").integer_at_least(0);
  calibration.alpha_fail = fields.required("alpha_fail").number_between(0, 0.5);
  calibration.alpha_pass = fields.required("alpha_pass").number_between(0, 0.5);
  calibration.blocks = rate_from(fields.required("blocks"));
  if (const auto pairs = fields.optional("pairs"))
    for (const auto& [run, count] : Fields(*pairs).all()) calibration.pairs[run] = count.integer_at_least(1);
  calibration.sentence = fields.text("sentence");
  for (const Node& node : fields.required("checks").items()) calibration.checks.push_back(check_from(node));
  fields.finish();
  return calibration;
}

Calibration read_calibration(const std::filesystem::path& path) {
  return calibration_from(read_document(path));
}

std::string to_json(const Calibration& calibration) {
  Json json = writing::document("calibration", calibration_version);
  json["created"] = calibration.created;
  json["plan_digest"] = calibration.plan_digest;
  json["baseline"] = json_of(calibration.baseline);
  put_all(json, "environment", calibration.environment);
  json["runs"] = calibration.runs;
  json["asked"] = calibration.asked;
  json["seconds"] = writing::finite(calibration.seconds, "seconds");
  json["seed"] = calibration.seed;
  json["alpha_fail"] = writing::finite(calibration.alpha_fail, "alpha_fail");
  json["alpha_pass"] = writing::finite(calibration.alpha_pass, "alpha_pass");
  json["blocks"] = json_of(calibration.blocks);
  put_all(json, "pairs", calibration.pairs);
  json["sentence"] = calibration.sentence;
  json["checks"] = Json::array();
  for (const CalibratedCheck& check : calibration.checks) json["checks"].push_back(json_of(check));
  return writing::text_of(json);
}

}  // namespace modelgate
