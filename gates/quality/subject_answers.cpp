#include "gates/quality/subject_answers.h"

#include "gates/decision/problems.h"
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
  return file;
}

}  // namespace

void add_problems(const Measurements& measurements, Verdict& verdict) {
  for (Check& check : problem_checks(measurements, verdict.gate)) verdict.checks.push_back(std::move(check));
  add_notes(measurements, verdict);
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
