#include <string_view>

#include "schemas/documents/attempt_fields.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/subject_fields.h"
#include "schemas/documents/writing.h"

namespace modelgate {
namespace {

using writing::append_quoted;
using writing::fields_of;
using writing::indented;
using writing::Json;
using writing::put;
using writing::put_all;

Json json_of(const SampleSeries& series) {
  Json processes = Json::array();
  for (const ProcessSamples& process : series.processes) {
    for (const double value : process.values) writing::finite(value, series.name + " " + series.quantity);
    processes.push_back({{"pair", process.pair}, {"position", process.position}, {"values", process.values}});
  }
  Json json{{"kind", "samples"},
            {"name", series.name},
            {"quantity", series.quantity},
            {"unit", series.unit},
            {"better", name_of(series.better)}};
  put(json, "interleaved", series.interleaved);
  json["processes"] = std::move(processes);
  return json;
}

Json json_of(const RecordSeries& series) {
  Json json{{"kind", "records"},       {"name", series.name}, {"path", series.path},
            {"digest", series.digest}, {"rows", series.rows}, {"errors", series.errors}};
  put_all(json, "looks", series.looks);
  if (series.seed) json["seed"] = *series.seed;
  put(json, "test_set", series.test_set);
  return json;
}

Json json_of(const TensorSeries& series) {
  return {{"kind", "tensors"}, {"name", series.name}, {"path", series.path}, {"digest", series.digest}};
}

/// Written without nlohmann's tree, which takes five times as long: a test program may have tens of
/// thousands.
std::string text_of(const CaseSeries& series) {
  constexpr std::string_view field = ",\n          ";
  std::string all = "{\n      \"kind\": \"cases\",\n      \"name\": ";
  append_quoted(all, series.name);
  all += ",\n      \"cases\": [";
  std::string_view separator = "\n        {\n          \"name\": ";
  for (const Case& test : series.cases) {
    all += separator;
    append_quoted(all, test.name);
    all.append(field).append("\"status\": \"").append(name_of(test.status)).append(1, '"');
    if (test.seconds != 0)
      all.append(field).append("\"seconds\": ").append(Json(writing::finite(test.seconds, "seconds")).dump());
    for (const auto& [key, text] :
         {std::pair<std::string_view, const std::string&>{"\"message\": ", test.message},
          {"\"file\": ", test.file}}) {
      if (text.empty()) continue;
      all.append(field).append(key);
      append_quoted(all, text);
    }
    if (test.line != 0) all.append(field).append("\"line\": ").append(std::to_string(test.line));
    if (!test.attempts.empty())
      all.append(field).append("\"attempts\": ").append(indented(json_of(test.attempts), 5));
    all += "\n        }";
    separator = ",\n        {\n          \"name\": ";
  }
  return all + (series.cases.empty() ? "]\n    }" : "\n      ]\n    }");
}

template <typename OtherSeries>
std::string text_of(const OtherSeries& series) {
  return indented(json_of(series), 2);
}

}  // namespace

std::string to_json(const Measurements& measurements) {
  Json head = writing::document("measurements", 1);
  head["runner"] = measurements.runner;
  head["runner_version"] = measurements.runner_version;
  head["created"] = measurements.created;
  head["subject"] = json_of(measurements.subject);
  put_all(head, "environment", measurements.environment);
  put_all(head, "looks", measurements.looks);
  if (measurements.part)
    head["part"] = {{"number", measurements.part->number},
                    {"of", measurements.part->of},
                    {"names", measurements.part->names}};

  std::string all = "{\n" + fields_of(head) + ",\n  \"series\": [";
  for (const Series& series : measurements.series) {
    all += &series == &measurements.series.front() ? "\n    " : ",\n    ";
    all += std::visit([](const auto& one) { return text_of(one); }, series);
  }
  all += measurements.series.empty() ? "]" : "\n  ]";

  Json tail = Json::object();
  for (const Problem& problem : measurements.problems) {
    tail["problems"].push_back({{"code", problem.code}, {"sentence", problem.sentence}});
    if (!problem.concerns.empty()) tail["problems"].back()["concerns"] = problem.concerns;
  }
  for (const Discarded& pair : measurements.discarded)
    tail["discarded"].push_back({{"pair", pair.pair}, {"code", pair.code}, {"sentence", pair.sentence}});
  put_all(tail, "notes", measurements.notes);
  if (!tail.empty()) all += ",\n" + fields_of(tail);
  return all + "\n}\n";
}

}  // namespace modelgate
