#include "schemas/documents/green.h"

#include "schemas/documents/branch_name.h"
#include "schemas/documents/digest_field.h"
#include "schemas/documents/manifest.h"
#include "schemas/documents/writing.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::int64_t green_version = 1;

}  // namespace

Green green_from(const Node& document) {
  Fields fields(document);
  expect_document(fields, "baseline-green", green_version);
  Green green;
  green.number = fields.required("number").integer_at_least(1);
  const Node branch = fields.required("branch");
  green.branch = branch.text();
  if (!is_branch_name(green.branch))
    branch.refuse("'" + beginning(green.branch) + "' is no name of a branch");
  const Node version = fields.required("release");
  green.version = version.text();
  if (!is_safe_name(green.version)) version.refuse("'" + beginning(green.version) + "' cannot be a version");
  green.digest = digest_from(fields.required("digest"));
  green.commit = fields.text_or("commit", "");
  green.marked = fields.text("marked");
  green.verdict_digest = digest_from(fields.required("verdict_digest"));
  green.first_release = fields.boolean_or("first_release", false);
  green.baseline = fields.text_or("baseline", "");
  fields.finish();
  return green;
}

std::string to_json(const Green& green) {
  writing::Json json = writing::document("baseline-green", green_version);
  json["number"] = green.number;
  json["branch"] = green.branch;
  json["release"] = green.version;
  json["digest"] = green.digest;
  writing::put(json, "commit", green.commit);
  json["marked"] = green.marked;
  json["verdict_digest"] = green.verdict_digest;
  writing::put(json, "first_release", green.first_release);
  writing::put(json, "baseline", green.baseline);
  return writing::text_of(json);
}

}  // namespace modelgate
