#include "gates/decision/decision.h"
#include "gates/quality/contamination/checks.h"
#include "gates/quality/quality.h"
#include "gates/quality/subject_answers.h"
#include "schemas/tool/tool.h"

namespace {

using namespace modelgate;

ExitCode run(const GateOptions& gate, const QualityOptions& quality, const ContaminationOptions& origin) {
  gate.check();
  QualityDemands demands = quality.demands();
  if (needs_labels(demands)) {
    demands.labels = labels_of(gate.candidate, demands.fields);
    if (!gate.first_release) {
      const std::vector<std::string> more = labels_of(gate.baseline, demands.fields);
      demands.labels.insert(demands.labels.end(), more.begin(), more.end());
    }
  }
  const std::optional<ContaminationDemands> about_origin = origin.demands();
  const RowRequest request = request_of(demands);
  RowRequest of_candidate = request;
  if (about_origin) ask_for_test_texts(*about_origin, of_candidate);
  Verdict verdict = new_verdict(gate, "quality");
  std::optional<AnswerFile> baseline;
  if (!gate.first_release) baseline = answers_of(Role::baseline, gate.baseline, request, verdict);
  const AnswerFile candidate = answers_of(Role::candidate, gate.candidate, of_candidate, verdict);
  std::optional<DoubtfulRows> doubtful;
  if (about_origin) doubtful = check_contamination(candidate, *about_origin, verdict);
  judge_quality(baseline ? &*baseline : nullptr, candidate, demands, verdict,
                doubtful ? &*doubtful : nullptr);
  conclude(verdict);
  return deliver(verdict, gate);
}

}  // namespace

int main(int argc, char** argv) {
  GateOptions gate;
  QualityOptions quality;
  ContaminationOptions contamination;
  return run_tool(
      argc, argv,
      {"modelgate-gate-quality",
       "Passes when it is proven that no metric is worse than its margin, over all and by slice.",
       "modelgate-gate-quality --baseline old.jsonl --candidate new.jsonl --check 'accuracy margin=0.5pp'"},
      [&](OptionSet& options) {
        gate.declare(options, "quality", "measurements, or rows of answers (JSONL or CSV; - for stdin)");
        quality.declare(options);
        contamination.declare(options);
      },
      [&] { return run(gate, quality, contamination); });
}
