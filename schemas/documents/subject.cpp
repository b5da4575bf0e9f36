#include "schemas/documents/subject.h"

#include "schemas/documents/names.h"
#include "schemas/documents/subject_fields.h"
#include "schemas/documents/writing.h"

namespace modelgate {
namespace {

const Names<Role> roles = {{Role::baseline, "baseline"}, {Role::candidate, "candidate"}};

}  // namespace

std::string name_of(Role role) { return name_in(roles, role); }

Subject subject_from(const Node& node) {
  Fields fields(node);
  Subject subject;
  subject.role = value_in(roles, fields.required("role"));
  subject.name = fields.text_or("name", "");
  subject.version = fields.text_or("version", "");
  subject.commit = fields.text_or("commit", "");
  subject.digest = fields.text_or("digest", "");
  subject.modified = fields.boolean_or("modified", false);
  fields.finish();
  return subject;
}

nlohmann::ordered_json json_of(const Subject& subject) {
  writing::Json json{{"role", name_of(subject.role)}};
  writing::put(json, "name", subject.name);
  writing::put(json, "version", subject.version);
  writing::put(json, "commit", subject.commit);
  writing::put(json, "digest", subject.digest);
  writing::put(json, "modified", subject.modified);
  return json;
}

}  // namespace modelgate
