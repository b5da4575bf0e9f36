#include "runners/torch/worker_report.h"

#include <nlohmann/json.hpp>

#include "schemas/documents/node.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const TimedCalls& timed) {
  return {{"seconds", timed.seconds},
          {"host_seconds", timed.host_seconds},
          {"cold_seconds", timed.cold_seconds},
          {"rows_per_second", timed.rows_per_second},
          {"calls", timed.calls},
          {"step", timed.step},
          {"warm_up_calls", timed.warm_up_calls},
          {"was_steady", timed.was_steady}};
}

Json json_of(const ModelFacts& model) {
  Json json{{"load_seconds", model.load_seconds},
            {"first_result_seconds", model.first_result_seconds},
            {"peak_memory", model.peak_memory}};
  if (model.peak_device_memory) json["peak_device_memory"] = *model.peak_device_memory;
  json["file_bytes"] = model.file_bytes;
  json["parameters"] = model.parameters;
  json["operators"] = model.operators;
  return json;
}

std::vector<double> numbers_from(const Node& node) {
  std::vector<double> numbers;
  for (const Node& value : node.items()) numbers.push_back(value.number());
  return numbers;
}

TimedCalls timed_from(const Node& node) {
  Fields fields(node);
  TimedCalls timed;
  timed.seconds = numbers_from(fields.required("seconds"));
  timed.host_seconds = numbers_from(fields.required("host_seconds"));
  timed.cold_seconds = numbers_from(fields.required("cold_seconds"));
  timed.rows_per_second = fields.required("rows_per_second").number();
  timed.calls = fields.required("calls").integer_at_least(1);
  timed.step = fields.required("step").integer_at_least(1);
  timed.warm_up_calls = fields.required("warm_up_calls").integer_at_least(0);
  timed.was_steady = fields.required("was_steady").boolean();
  fields.finish();
  return timed;
}

ModelFacts model_from(const Node& node) {
  Fields fields(node);
  ModelFacts model;
  model.load_seconds = fields.required("load_seconds").number();
  model.first_result_seconds = fields.required("first_result_seconds").number();
  model.peak_memory = fields.required("peak_memory").integer_at_least(0);
  if (const auto peak = fields.optional("peak_device_memory")) model.peak_device_memory = peak->integer();
  model.file_bytes = fields.required("file_bytes").integer_at_least(0);
  model.parameters = fields.required("parameters").integer_at_least(0);
  model.operators = fields.required("operators").integer_at_least(0);
  fields.finish();
  return model;
}

}  // namespace

void write_report(const WorkerReport& report, const std::filesystem::path& path) {
  Json json{{"environment", report.environment}, {"notes", report.notes}};
  json["timed"] = Json::array();
  for (const TimedCalls& timed : report.timed) json["timed"].push_back(json_of(timed));
  json["model"] = json_of(report.model);
  json["flushed_bytes"] = report.flushed_bytes;
  if (report.problem)
    json["problem"] = {{"code", report.problem->code}, {"sentence", report.problem->sentence}};
  write_file(path, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

WorkerReport read_report(const std::filesystem::path& path) {
  Fields fields(parse_json(read_file(path), path.string()));
  WorkerReport report;
  report.environment = fields.required("environment").text_map();
  report.notes = fields.required("notes").texts();
  for (const Node& node : fields.required("timed").items()) report.timed.push_back(timed_from(node));
  report.model = model_from(fields.required("model"));
  report.flushed_bytes = fields.required("flushed_bytes").integer_at_least(0);
  if (const auto node = fields.optional("problem")) {
    Fields problem(*node);
    report.problem = Problem{problem.text("code"), problem.text("sentence")};
    problem.finish();
  }
  fields.finish();
  return report;
}

}  // namespace modelgate
