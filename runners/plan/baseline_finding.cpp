#include "runners/plan/baseline_finding.h"

#include "runners/plan/baseline_choice.h"
#include "runners/plan/programs.h"
#include "runners/process/process.h"
#include "schemas/documents/manifest.h"
#include "schemas/pipeline/pipeline.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using State = Finding::State;

constexpr char what[] = "baseline";

}  // namespace

Finding baseline_finding(const Plan& plan) {
  const std::string wish = plan.baseline.text();
  try {
    const BaselineChoice choice =
        choose_baseline(plan.baseline, plan, pipeline_of(environment_variable), {false, 0});
    ProcessSpec show;
    show.argv = {
        require_program("modelgate-baseline").string(),        "show", choice.version, "--json", "--store",
        (plan.folder / plan.store).lexically_normal().string()};
    show.kept_bytes = maximum_document_bytes;
    const ProcessOutcome outcome = run_process(show);
    const std::string words = outcome.err.text.substr(0, outcome.err.text.find('\n'));
    if (!outcome.succeeded())
      return {State::noted, what, wish + ": " + beginning(words, 400), "modelgate-baseline list"};
    std::string said = wish + ": " + manifest_from(parse_json(outcome.out.text, "its manifest")).version;
    for (const std::string& note : choice.notes) said += "; " + note;
    return {choice.notes.empty() ? State::well : State::noted, what, said, ""};
  } catch (const Error& error) {
    return {State::noted, what, wish + ": " + error.message(), error.hint()};
  }
}

}  // namespace modelgate
