#include "schemas/documents/sampling.h"

#include "schemas/documents/sampling_fields.h"
#include "schemas/documents/writing.h"

namespace modelgate {

Sampling sampling_from(const Node& node) {
  Fields fields(node);
  Sampling sampling;
  sampling.looks = fields.required("looks").integer_at_least(1);
  sampling.pairs = fields.required("pairs").integer_at_least(0);
  if (const auto rows = fields.optional("rows")) sampling.rows = rows->integer_at_least(0);
  sampling.seconds = fields.required("seconds").number();
  sampling.budget_seconds = fields.optional_number("budget_seconds");
  if (const auto pairs = fields.optional("budget_pairs")) sampling.budget_pairs = pairs->integer_at_least(0);
  if (const auto rows = fields.optional("budget_rows")) sampling.budget_rows = rows->integer_at_least(0);
  sampling.ended = fields.required("ended").choice({"decided", "exhausted", "budget"});
  fields.finish();
  return sampling;
}

nlohmann::ordered_json json_of(const Sampling& sampling) {
  writing::Json json{{"looks", sampling.looks}, {"pairs", sampling.pairs}};
  if (sampling.rows > 0) json["rows"] = sampling.rows;
  json["seconds"] = writing::finite(sampling.seconds, "seconds");
  writing::put(json, "budget_seconds", sampling.budget_seconds);
  if (sampling.budget_pairs) json["budget_pairs"] = *sampling.budget_pairs;
  if (sampling.budget_rows) json["budget_rows"] = *sampling.budget_rows;
  json["ended"] = sampling.ended;
  return json;
}

}  // namespace modelgate
