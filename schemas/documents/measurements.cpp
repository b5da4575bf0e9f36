#include "schemas/documents/measurements.h"

#include <unordered_set>

#include "schemas/documents/attempt_fields.h"
#include "schemas/documents/digest_field.h"
#include "schemas/documents/names.h"
#include "schemas/documents/subject_fields.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

const Names<Better> betters = {
    {Better::lower, "lower"}, {Better::higher, "higher"}, {Better::unknown, "unknown"}};

Case case_from(const Node& node) {
  Fields fields(node);
  Case test;
  test.name = fields.text("name");
  test.status = case_status_from(fields.required("status"));
  test.seconds = fields.optional_number("seconds").value_or(0);
  test.message = fields.text_or("message", "");
  test.file = fields.text_or("file", "");
  test.line = fields.integer_or("line", 0);
  if (const auto attempts = fields.optional("attempts")) {
    test.attempts = attempts_from(*attempts);
    if (test.attempts.back().status != test.status)
      attempts->refuse("the last attempt is " + name_of(test.attempts.back().status) + ", and the test is " +
                       name_of(test.status));
  }
  fields.finish();
  return test;
}

CaseSeries cases_from(Fields& fields) {
  CaseSeries series{fields.text("name"), {}};
  std::unordered_set<std::string> names;
  for (const Node& node : fields.required("cases").items()) {
    series.cases.push_back(case_from(node));
    if (!names.insert(series.cases.back().name).second)
      node.refuse("two cases are called '" + beginning(series.cases.back().name) + "'");
  }
  return series;
}

ProcessSamples process_from(const Node& node) {
  Fields fields(node);
  ProcessSamples process;
  process.pair = fields.required("pair").integer_at_least(0);
  process.position = fields.required("position").integer_at_least(0);
  for (const Node& value : fields.required("values").items()) process.values.push_back(value.number());
  fields.finish();
  return process;
}

SampleSeries samples_from(Fields& fields) {
  SampleSeries series;
  series.name = fields.text("name");
  series.quantity = fields.text("quantity");
  series.unit = fields.text("unit");
  series.better = value_in(betters, fields.required("better"));
  series.interleaved = fields.boolean_or("interleaved", false);
  for (const Node& node : fields.required("processes").items())
    series.processes.push_back(process_from(node));
  return series;
}

std::vector<std::int64_t> looks_from(Fields& fields) {
  std::vector<std::int64_t> numbers;
  if (const auto looks = fields.optional("looks"))
    for (const Node& node : looks->items()) numbers.push_back(node.integer_at_least(1));
  return numbers;
}

RecordSeries records_from(Fields& fields) {
  RecordSeries series;
  series.name = fields.text("name");
  series.path = fields.text("path");
  series.digest = digest_from(fields.required("digest"));
  series.rows = fields.required("rows").integer_at_least(0);
  series.errors = fields.required("errors").integer_at_least(0);
  series.looks = looks_from(fields);
  if (const auto seed = fields.optional("seed")) series.seed = seed->integer_at_least(0);
  if (const auto test_set = fields.optional("test_set")) series.test_set = digest_from(*test_set);
  return series;
}

Series series_from(const Node& node) {
  Fields fields(node);
  const std::string kind = fields.required("kind").choice({"cases", "samples", "records", "tensors"});
  Series series;
  if (kind == "cases")
    series = cases_from(fields);
  else if (kind == "samples")
    series = samples_from(fields);
  else if (kind == "records")
    series = records_from(fields);
  else
    series = TensorSeries{fields.text("name"), fields.text("path"), digest_from(fields.required("digest"))};
  fields.finish();
  return series;
}

Part part_from(const Node& node) {
  Fields fields(node);
  Part part;
  part.number = fields.required("number").integer_at_least(1);
  part.of = fields.required("of").integer_at_least(1);
  part.names = digest_from(fields.required("names"));
  if (part.number > part.of)
    node.refuse("is part " + std::to_string(part.number) + " of " + std::to_string(part.of));
  fields.finish();
  return part;
}

}  // namespace

std::string name_of(Better better) { return name_in(betters, better); }

Measurements measurements_from(const Node& document) {
  Fields fields(document);
  expect_document(fields, "measurements", 1);
  Measurements measurements;
  measurements.runner = fields.text("runner");
  measurements.runner_version = fields.text("runner_version");
  measurements.created = fields.text("created");
  measurements.subject = subject_from(fields.required("subject"));
  if (const auto environment = fields.optional("environment"))
    measurements.environment = environment->text_map();
  measurements.looks = looks_from(fields);
  if (const auto part = fields.optional("part")) measurements.part = part_from(*part);
  for (const Node& node : fields.required("series").items()) measurements.series.push_back(series_from(node));
  if (const auto problems = fields.optional("problems"))
    for (const Node& node : problems->items()) {
      Fields problem(node);
      measurements.problems.push_back({problem.text("code"), problem.text("sentence")});
      if (const auto concerns = problem.optional("concerns"))
        measurements.problems.back().concerns = concerns->choice({"cases", "samples", "records", "tensors"});
      problem.finish();
    }
  if (const auto discarded = fields.optional("discarded"))
    for (const Node& node : discarded->items()) {
      Fields pair(node);
      measurements.discarded.push_back(
          {pair.required("pair").integer_at_least(0), pair.text("code"), pair.text("sentence")});
      pair.finish();
    }
  if (const auto notes = fields.optional("notes")) measurements.notes = notes->texts();
  fields.finish();
  return measurements;
}

Measurements read_measurements(const std::filesystem::path& path) {
  return measurements_from(read_document(path));
}

}  // namespace modelgate
