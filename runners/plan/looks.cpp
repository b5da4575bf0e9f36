#include "runners/plan/looks.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "runners/recording/sampling.h"
#include "schemas/documents/looks.h"

namespace modelgate {
namespace {

const PlanSetting* setting_of(const PlanRun& run, const std::string& key) {
  const auto found = std::find_if(run.settings.begin(), run.settings.end(),
                                  [&](const PlanSetting& setting) { return setting.key == key; });
  return found == run.settings.end() ? nullptr : &*found;
}

/// The plan's reader let nothing else through than whole numbers; what is too large for us stays with the
/// runner, who refuses it.
std::int64_t number_in(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::vector<std::int64_t> looks_of(const PlanRun& run) {
  if (run.runner != "bench" && run.runner != "torch") return {};
  if (const PlanSetting* looks = setting_of(run, "looks")) {
    std::vector<std::int64_t> numbers;
    for (const std::string& text : looks->values) numbers.push_back(number_in(text));
    return numbers;
  }
  const PlanSetting* pairs = setting_of(run, "pairs");
  const std::int64_t most = pairs == nullptr ? SamplingOptions().pairs : number_in(pairs->values.front());
  return most > 0 ? halving_looks(most) : std::vector<std::int64_t>{};
}

std::vector<std::string> undecided_benchmarks(const PlanRun& run, const Plan& plan, const Verdict& verdict,
                                              const Measurements& measured) {
  std::set<std::string> undecided;
  for (const Check& check : verdict.checks) {
    const bool judges_run = std::any_of(plan.gates.begin(), plan.gates.end(), [&](const PlanGate& gate) {
      return gate.name == check.gate && gate.kind == "performance" && gate.from == run.name;
    });
    if (judges_run && check.status == Status::inconclusive) undecided.insert(check.name);
  }
  std::vector<std::string> benchmarks;
  for (const Series& series : measured.series)
    if (const auto* samples = std::get_if<SampleSeries>(&series)) {
      const std::string name = samples->name + " " + samples->quantity;
      if ((undecided.contains(name) || undecided.contains(name + " max")) &&
          std::find(benchmarks.begin(), benchmarks.end(), samples->name) == benchmarks.end())
        benchmarks.push_back(samples->name);
    }
  return benchmarks;
}

}  // namespace modelgate
