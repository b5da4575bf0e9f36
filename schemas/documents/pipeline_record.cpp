#include "schemas/documents/pipeline_record.h"

#include "schemas/documents/pipeline_fields.h"
#include "schemas/documents/writing.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

struct TextField {
  const char* key;
  std::string PipelineRecord::*value;
};
struct FlagField {
  const char* key;
  bool PipelineRecord::*value;
};

constexpr TextField texts[] = {{"platform", &PipelineRecord::platform},
                               {"event", &PipelineRecord::event},
                               {"branch", &PipelineRecord::branch},
                               {"target", &PipelineRecord::target},
                               {"tag", &PipelineRecord::tag},
                               {"commit", &PipelineRecord::commit},
                               {"head_commit", &PipelineRecord::head_commit},
                               {"target_commit", &PipelineRecord::target_commit},
                               {"merge_base", &PipelineRecord::merge_base},
                               {"request", &PipelineRecord::request},
                               {"job_url", &PipelineRecord::job_url}};
constexpr FlagField flags[] = {{"detached", &PipelineRecord::detached},
                               {"fork", &PipelineRecord::fork},
                               {"merged_result", &PipelineRecord::merged_result}};

std::vector<std::string> keys() {
  std::vector<std::string> all;
  for (const TextField& field : texts) all.emplace_back(field.key);
  for (const FlagField& field : flags) all.emplace_back(field.key);
  return all;
}

void take(const std::string& entry, PipelineRecord& record) {
  const std::string key = entry.substr(0, entry.find('='));
  const std::string value = key.size() == entry.size() ? "" : entry.substr(key.size() + 1);
  for (const TextField& field : texts)
    if (key == field.key && !value.empty()) {
      record.*field.value = value;
      return;
    }
  for (const FlagField& field : flags)
    if (key == field.key && value == "true") {
      record.*field.value = true;
      return;
    }
  throw usage_error("--pipeline", "'" + beginning(entry) + "' says nothing of a pipeline",
                    did_you_mean(key, keys()));
}

}  // namespace

std::vector<std::string> entries_of(const PipelineRecord& record) {
  std::vector<std::string> entries;
  for (const TextField& field : texts)
    if (!(record.*field.value).empty()) entries.push_back(std::string(field.key) + "=" + record.*field.value);
  for (const FlagField& field : flags)
    if (record.*field.value) entries.push_back(std::string(field.key) + "=true");
  return entries;
}

PipelineRecord pipeline_record_from(const std::vector<std::string>& entries) {
  PipelineRecord record;
  for (const std::string& entry : entries) take(entry, record);
  return record;
}

PipelineRecord pipeline_record_from(const Node& node) {
  Fields fields(node);
  PipelineRecord record;
  for (const TextField& field : texts) record.*field.value = fields.text_or(field.key, "");
  for (const FlagField& field : flags) record.*field.value = fields.boolean_or(field.key, false);
  if (const auto event = fields.optional("event"))
    event->choice({"branch", "tag", "merge request", "merge queue", "schedule", "manual"});
  fields.finish();
  return record;
}

nlohmann::ordered_json json_of(const PipelineRecord& record) {
  writing::Json json = writing::Json::object();
  for (const TextField& field : texts) writing::put(json, field.key, record.*field.value);
  for (const FlagField& field : flags) writing::put(json, field.key, record.*field.value);
  return json;
}

}  // namespace modelgate
