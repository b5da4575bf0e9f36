#include "gates/quality/subject_answers.h"

#include "gates/decision/problems.h"
#include "gates/quality/rows/score_classes.h"
#include "schemas/formats/gate_input.h"
#include "schemas/tool/error.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {
namespace {

AnswerFile read_answers(const std::filesystem::path& document, const Measurements& measurements,
                        const RowRequest& request) {
  const RecordSeries* found = nullptr;
  for (const Series& series : measurements.series)
    if (const auto* records = std::get_if<RecordSeries>(&series)) {
      if (found != nullptr)
        throw usage_error(input_name(document),
                          "names two files of rows, '" + found->name + "' and '" + records->name + "'",
                          "The quality gate judges one.");
      found = records;
    }
  if (found == nullptr) return {document, request, {}};
  AnswerFile file = read_answer_file(data_file(document, found->path, found->digest), request, 0);
  file.looks = found->looks;
  file.test_set = found->test_set;
  return file;
}

}  // namespace

void add_problems(const Measurements& measurements, Verdict& verdict) {
  for (Check& check : problem_checks(measurements, verdict.gate, "records"))
    verdict.checks.push_back(std::move(check));
  add_notes(measurements, verdict);
}

std::vector<std::string> classes_of(Role role, const std::filesystem::path& document, const FieldNames& names,
                                    const std::vector<std::string>& redacted) {
  constexpr std::size_t most_classes = 10'000;
  RowRequest request;
  ask_for_classes(request);
  request.names = names;
  request.redacted = redacted;
  const Measurements measurements = read_gate_input(document, role, {ForeignFormat::records});
  const AnswerFile file = read_answers(document, measurements, request);
  const std::set<std::string> classes = classes_in(file);
  if (classes.size() > most_classes)
    throw usage_error(input_name(document),
                      "has more than " + std::to_string(most_classes) +
                          " classes: too many for a check of the scores of all",
                      "Name one class, such as log_loss(CLASS).");
  return {classes.begin(), classes.end()};
}

AnswerFile answers_of(Role role, const std::filesystem::path& document, const RowRequest& request,
                      Verdict& verdict) {
  const Measurements measurements = read_gate_input(document, role, {ForeignFormat::records});
  if (role == Role::candidate) {
    verdict.candidate = measurements.subject;
    verdict.environment = measurements.environment;
  } else {
    verdict.baseline = measurements.subject;
  }
  add_problems(measurements, verdict);
  return read_answers(document, measurements, request);
}

}  // namespace modelgate
