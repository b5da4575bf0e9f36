#include <cstdint>

#include "gates/decision/decision.h"
#include "gates/suite/suite.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  std::string plan, verdicts;
  GateOptions output;
  Expectation expected;
  Sampling sampling;
  sampling.looks = 0;
  double budget_seconds = -1;
  std::int64_t budget_pairs = -1, budget_rows = -1;
  return run_tool(
      argc, argv,
      {"modelgate-gate-suite", "Joins the verdicts of a plan's gates into one, and finds what is missing.",
       "modelgate-gate-suite --plan modelgate.yaml --verdicts gate-results/verdicts --output verdict.json"},
      [&](OptionSet& options) {
        options.text("plan", plan, "FILE", "The plan, which says what is expected", Need::required);
        options.text("verdicts", verdicts, "DIR", "Holds GATE.json for each gate of the plan",
                     Need::required);
        options.list("only", expected.only, "GATE", "Only this gate was asked for (may be repeated)");
        options.text("output", output.output, "FILE", "Write the verdict here (default: stdout)");
        options.flag("json", output.json, "Write the verdict to stdout even if that is a terminal");
        options.flag("first-release", expected.first_release, "There is no baseline");
        options.choice("inconclusive", expected.policy.asked, {"block", "warn"},
                       "What checks do that cannot be decided, whatever the plan says");
        options.text("branch", expected.policy.branch, "NAME",
                     "Where the change is to go; on a release branch, or if it is not known, they block");
        options.text("tag", expected.policy.tag, "NAME", "It is for a tag, and they block");
        options.list("note", expected.notes, "TEXT", "For the verdict's warnings (may be repeated)");
        options.list("pipeline", expected.pipeline, "KEY=VALUE",
                     "For the verdict: where it is judged, and which change (may be repeated)");
        options.integer("looks", sampling.looks, 0, 1000, "N",
                        "Looks at growing samples that the run took, for the verdict's record");
        options.integer("pairs", sampling.pairs, 0, INT64_MAX, "N", "Process pairs that the run measured");
        options.integer("rows", sampling.rows, 0, INT64_MAX, "N", "Rows that were taken in looks");
        options.number("seconds", sampling.seconds, 0, 1e9, "SECONDS", "What measuring took");
        options.number("budget-seconds", budget_seconds, 0, 1e9, "SECONDS", "What it might take");
        options.integer("budget-pairs", budget_pairs, 0, INT64_MAX, "N", "Process pairs that it might take");
        options.integer("budget-rows", budget_rows, 0, INT64_MAX, "N", "Rows that it might take");
        options.choice("ended", sampling.ended, {"decided", "exhausted", "budget"},
                       "Why the run looked no more");
        options.text("candidate-version", expected.candidate.version, "VERSION", "Of the candidate");
        options.text("candidate-commit", expected.candidate.commit, "COMMIT", "Of the candidate");
        options.flag("candidate-modified", expected.candidate.modified,
                     "Files under version control are not as that commit has them");
        options.text("candidate-digest", expected.candidate.digest, "DIGEST",
                     "Every verdict must be of this candidate");
        options.text("baseline-version", expected.baseline.version, "VERSION", "Of the baseline");
        options.text("baseline-commit", expected.baseline.commit, "COMMIT", "Of the baseline");
        options.text("baseline-digest", expected.baseline.digest, "DIGEST",
                     "Every verdict must be against this baseline");
      },
      [&] {
        const Plan read = read_plan(plan);
        expected.candidate.name = expected.baseline.name = read.name;
        expected.today = utc_day();
        if (sampling.looks > 0) {
          if (budget_seconds >= 0) sampling.budget_seconds = budget_seconds;
          if (budget_pairs >= 0) sampling.budget_pairs = budget_pairs;
          if (budget_rows >= 0) sampling.budget_rows = budget_rows;
          expected.sampling = sampling;
        }
        return deliver(join_verdicts(read, verdicts, expected), output);
      });
}
