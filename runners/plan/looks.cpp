#include "runners/plan/looks.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "runners/pairs/sampling.h"
#include "schemas/documents/looks.h"

namespace modelgate {
namespace {

const PlanSetting* setting_of(const PlanRun& run, const std::string& key) {
  const auto found = std::find_if(run.settings.begin(), run.settings.end(),
                                  [&](const PlanSetting& setting) { return setting.key == key; });
  return found == run.settings.end() ? nullptr : &*found;
}

/// Whether a check of the performance gate is of this benchmark: "BENCHMARK QUANTITY", and behind it "max" or
/// "min" where it is a limit, "creep" where it is of several releases. The quantity may be derived from what
/// was measured, as p99 is from latency.
bool is_check_of(const std::string& check, const std::string& benchmark) {
  if (!check.starts_with(benchmark + " ")) return false;
  std::string quantity = check.substr(benchmark.size() + 1);
  for (const char* kind : {" max", " min", " creep"})
    if (quantity.ends_with(kind)) quantity.resize(quantity.size() - std::string(kind).size());
  return quantity.find(' ') == std::string::npos;
}

/// The plan's reader let nothing else through than whole numbers; what is too large for us stays with the
/// runner, who refuses it.
std::int64_t number_in(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

bool takes_rows(const PlanRun& run) { return run.runner == "exec" && setting_of(run, "bench") == nullptr; }

std::vector<std::int64_t> looks_of(const PlanRun& run) {
  if (run.runner != "bench" && run.runner != "torch" && run.runner != "exec") return {};
  if (const PlanSetting* looks = setting_of(run, "looks")) {
    std::vector<std::int64_t> numbers;
    for (const std::string& text : looks->values) numbers.push_back(number_in(text));
    return numbers;
  }
  // Rows are looked at more than once only where the plan says so: a look at them costs a start of the model.
  if (takes_rows(run)) return {};
  const PlanSetting* pairs = setting_of(run, "pairs");
  const std::int64_t most = pairs == nullptr ? SamplingOptions().pairs : number_in(pairs->values.front());
  return most > 0 ? halving_looks(most) : std::vector<std::int64_t>{};
}

std::vector<std::string> undecided_series(const PlanRun& run, const Plan& plan, const Verdict& verdict,
                                          const Measurements& measured) {
  const std::string kind = takes_rows(run) ? "quality" : "performance";
  std::set<std::string> undecided;
  for (const Check& check : verdict.checks) {
    const bool judges_run = std::any_of(plan.gates.begin(), plan.gates.end(), [&](const PlanGate& gate) {
      return gate.name == check.gate && gate.kind == kind && gate.from == run.name;
    });
    if (judges_run && check.status == Status::inconclusive) undecided.insert(check.name);
  }
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const Series& series : measured.series)
    if (const auto* samples = std::get_if<SampleSeries>(&series)) {
      if (std::any_of(undecided.begin(), undecided.end(),
                      [&](const std::string& check) { return is_check_of(check, samples->name); }))
        add(samples->name);
    } else if (const auto* records = std::get_if<RecordSeries>(&series)) {
      // More rows serve every check of them.
      if (takes_rows(run) && !undecided.empty()) add(records->name);
    }
  return names;
}

}  // namespace modelgate
