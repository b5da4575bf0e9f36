#include "schemas/documents/job_record.h"

#include "schemas/documents/digest_field.h"
#include "schemas/documents/sampling_fields.h"
#include "schemas/documents/subject_fields.h"
#include "schemas/documents/writing.h"

namespace modelgate {
namespace {

constexpr std::int64_t job_version = 1;

Shard shard_from(const Node& node) {
  Fields fields(node);
  Shard shard;
  shard.number = fields.required("number").integer_at_least(1);
  shard.of = fields.required("of").integer_at_least(1);
  if (shard.number > shard.of)
    node.refuse("is shard " + std::to_string(shard.number) + " of " + std::to_string(shard.of));
  fields.finish();
  return shard;
}

}  // namespace

JobRecord job_record_from(const Node& document) {
  Fields fields(document);
  expect_document(fields, "job", job_version);
  JobRecord record;
  record.plan_digest = digest_from(fields.required("plan_digest"));
  record.created = fields.text("created");
  record.candidate = subject_from(fields.required("candidate"));
  record.candidate_name = fields.text_or("candidate_name", "");
  if (const auto baseline = fields.optional("baseline")) record.baseline = subject_from(*baseline);
  record.first_release = fields.boolean_or("first_release", false);
  record.gates = fields.required("gates").texts();
  record.runs = fields.required("runs").texts();
  if (const auto shard = fields.optional("shard")) record.shard = shard_from(*shard);
  if (const auto sampling = fields.optional("sampling")) record.sampling = sampling_from(*sampling);
  if (const auto notes = fields.optional("notes")) record.notes = notes->texts();
  fields.finish();
  return record;
}

JobRecord read_job_record(const std::filesystem::path& path) { return job_record_from(read_document(path)); }

std::string to_json(const JobRecord& record) {
  writing::Json json = writing::document("job", job_version);
  json["plan_digest"] = record.plan_digest;
  json["created"] = record.created;
  json["candidate"] = json_of(record.candidate);
  writing::put(json, "candidate_name", record.candidate_name);
  if (record.baseline) json["baseline"] = json_of(*record.baseline);
  writing::put(json, "first_release", record.first_release);
  json["gates"] = record.gates;
  json["runs"] = record.runs;
  if (record.shard) json["shard"] = {{"number", record.shard->number}, {"of", record.shard->of}};
  if (record.sampling) json["sampling"] = json_of(*record.sampling);
  writing::put_all(json, "notes", record.notes);
  return writing::text_of(json);
}

}  // namespace modelgate
