#include "gates/decision/decision.h"
#include "gates/quality/quality.h"
#include "schemas/formats/gate_input.h"
#include "schemas/tool/tool.h"

namespace {

using namespace modelgate;

ExitCode run(const GateOptions& gate, const QualityOptions& quality) {
  gate.check();
  const QualityDemands demands = quality.demands();
  const std::set<ForeignFormat> accepted = {ForeignFormat::records};
  Verdict verdict = new_verdict(gate, "quality");
  const Measurements measured = read_gate_input(gate.candidate, Role::candidate, accepted);
  verdict.candidate = measured.subject;
  verdict.environment = measured.environment;
  std::optional<AnswerFile> baseline;
  if (!gate.first_release) {
    const Measurements before = read_gate_input(gate.baseline, Role::baseline, accepted);
    verdict.baseline = before.subject;
    add_problems(before, verdict);
    baseline = read_answers(gate.baseline, before, demands.fields);
  }
  add_problems(measured, verdict);
  const AnswerFile candidate = read_answers(gate.candidate, measured, demands.fields);
  judge_quality(baseline ? &*baseline : nullptr, candidate, demands, verdict);
  conclude(verdict);
  return deliver(verdict, gate);
}

}  // namespace

int main(int argc, char** argv) {
  GateOptions gate;
  QualityOptions quality;
  return run_tool(
      argc, argv,
      {"modelgate-gate-quality",
       "Passes when it is proven that no metric is worse than its margin, over all and by slice.",
       "modelgate-gate-quality --baseline old.jsonl --candidate new.jsonl --check 'accuracy margin=0.5pp'"},
      [&](OptionSet& options) {
        gate.declare(options, "quality", "measurements, or rows of answers (JSONL)");
        quality.declare(options);
      },
      [&] { return run(gate, quality); });
}
