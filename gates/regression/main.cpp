#include <limits>

#include "gates/decision/decision.h"
#include "gates/decision/problems.h"
#include "gates/regression/regression.h"
#include "schemas/formats/gate_input.h"
#include "schemas/tool/error.h"
#include "schemas/tool/tool.h"

namespace {

using namespace modelgate;

/// The tensors file of a document, or the foreign file itself.
std::filesystem::path tensors_of(const std::string& document, const Measurements& measurements) {
  for (const Series& series : measurements.series)
    if (const auto* tensors = std::get_if<TensorSeries>(&series))
      return data_file(document, tensors->path, tensors->digest);
  throw infrastructure_error(document, "holds no tensors", "Let the run write its outputs (outputs: all).");
}

ExitCode run(const GateOptions& gate, const std::string& golden, const RegressionDemands& demands) {
  // A golden file is absolute: it stands in for the baseline, and is there for a first release too.
  if (golden.empty() || !gate.baseline.empty() || gate.first_release) gate.check();
  const std::set<ForeignFormat> accepted = {ForeignFormat::safetensors};
  const Measurements candidate = read_gate_input(gate.candidate, Role::candidate, accepted);
  Verdict verdict = new_verdict(gate, "regression");
  verdict.candidate = candidate.subject;
  verdict.environment = candidate.environment;
  add_notes(candidate, verdict);
  verdict.checks = problem_checks(candidate, verdict.gate, "tensors");

  std::filesystem::path reference = golden;
  if (!gate.baseline.empty()) {
    const Measurements baseline = read_gate_input(gate.baseline, Role::baseline, accepted);
    verdict.baseline = baseline.subject;
    if (golden.empty()) {
      add_notes(baseline, verdict);
      for (Check& check : problem_checks(baseline, verdict.gate, "tensors")) verdict.checks.push_back(check);
      if (verdict.checks.empty()) reference = tensors_of(gate.baseline, baseline);
    }
  }
  if (golden.empty() && gate.first_release) {
    Check check;
    check.gate = verdict.gate;
    check.name = "outputs";
    check.status = Status::not_compared;
    check.reason = "first_release";
    check.sentence = "outputs: first release, no baseline and no golden file to compare with";
    verdict.checks.push_back(check);
  } else if (verdict.checks.empty()) {
    verdict.checks = judge_tensors(Safetensors(reference), Safetensors(tensors_of(gate.candidate, candidate)),
                                   demands, verdict.gate);
  }
  conclude(verdict);
  return deliver(verdict, gate);
}

}  // namespace

int main(int argc, char** argv) {
  GateOptions gate;
  RegressionDemands demands;
  std::string golden;
  const double most = std::numeric_limits<double>::max();
  return run_tool(
      argc, argv,
      {"modelgate-gate-regression", "Passes when every tensor equals the golden one within its tolerance.",
       "modelgate-gate-regression --baseline golden.safetensors --candidate out.safetensors"},
      [&](OptionSet& options) {
        gate.declare(options, "regression", "measurements with tensors, or safetensors");
        options.text("golden", golden, "FILE",
                     "Compare with this safetensors file instead of the baseline's outputs");
        options.optional_number("relative-tolerance", demands.relative_tolerance, 0, most, "RTOL",
                                "Instead of what is usual for the dtype (F32: 1.3e-6)");
        options.optional_number("absolute-tolerance", demands.absolute_tolerance, 0, most, "ATOL",
                                "Instead of what is usual for the dtype (F32: 1e-5)");
      },
      [&] { return run(gate, golden, demands); });
}
