#include "runners/torch/worker_report.h"

#include <nlohmann/json.hpp>

#include "schemas/documents/node.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

TimedCalls timed_from(const Node& node) {
  Fields fields(node);
  TimedCalls timed;
  timed.batch_size = fields.required("batch_size").integer_at_least(1);
  for (const Node& value : fields.required("seconds").items()) timed.seconds.push_back(value.number());
  fields.finish();
  return timed;
}

}  // namespace

void write_report(const WorkerReport& report, const std::filesystem::path& path) {
  nlohmann::ordered_json json{{"environment", report.environment}, {"notes", report.notes}};
  json["timed"] = nlohmann::ordered_json::array();
  for (const TimedCalls& timed : report.timed)
    json["timed"].push_back({{"batch_size", timed.batch_size}, {"seconds", timed.seconds}});
  if (report.problem)
    json["problem"] = {{"code", report.problem->code}, {"sentence", report.problem->sentence}};
  write_file(path, json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

WorkerReport read_report(const std::filesystem::path& path) {
  Fields fields(parse_json(read_file(path), path.string()));
  WorkerReport report;
  report.environment = fields.required("environment").text_map();
  report.notes = fields.required("notes").texts();
  for (const Node& node : fields.required("timed").items()) report.timed.push_back(timed_from(node));
  if (const auto node = fields.optional("problem")) {
    Fields problem(*node);
    report.problem = Problem{problem.text("code"), problem.text("sentence")};
    problem.finish();
  }
  fields.finish();
  return report;
}

}  // namespace modelgate
