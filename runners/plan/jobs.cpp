#include "runners/plan/jobs.h"

#include <algorithm>
#include <map>

namespace modelgate {
namespace {

using Names = std::vector<std::string>;

bool holds(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const PlanRun& run_called(const std::string& name, const std::vector<PlanRun>& runs) {
  return *std::find_if(runs.begin(), runs.end(), [&](const PlanRun& run) { return run.name == name; });
}

/// A run that says "none" or "cpu" needs none, and "auto" takes what there is.
bool needs_gpu(const PlanRun& run) {
  return std::any_of(run.settings.begin(), run.settings.end(), [](const PlanSetting& setting) {
    if (setting.values.empty()) return false;
    const std::string& value = setting.values.front();
    return (setting.key == "gpu" && value != "none") ||
           (setting.key == "device" && value.starts_with("cuda"));
  });
}

}  // namespace

std::vector<Names> chains_of(const std::vector<PlanRun>& runs) {
  std::map<std::string, std::string> first;  // of the chain that a run is in
  for (const PlanRun& run : runs) first[run.name] = run.name;
  for (const PlanRun& run : runs)
    for (const std::string& other : run.after) {
      if (!first.contains(other)) continue;
      const std::string from = first[run.name], to = first[other];
      for (auto& [name, chain] : first)
        if (chain == from) chain = to;
    }
  std::vector<Names> chains;
  std::map<std::string, std::size_t> places;
  for (const PlanRun& run : runs) {
    const auto [place, is_new] = places.emplace(first[run.name], chains.size());
    if (is_new) chains.emplace_back();
    chains[place->second].push_back(run.name);
  }
  return chains;
}

bool can_be_shared(const Names& chain, const std::vector<PlanRun>& runs) {
  if (chain.size() != 1) return false;
  const std::string& runner = run_called(chain.front(), runs).runner;
  return runner == "gtest" || runner == "bench";
}

std::vector<PlanRun> runs_of_shard(const Shard& shard, const std::vector<PlanRun>& runs) {
  Names mine;
  std::int64_t next = 0;
  for (const Names& chain : chains_of(runs))
    if (can_be_shared(chain, runs) || 1 + next++ % shard.of == shard.number)
      mine.insert(mine.end(), chain.begin(), chain.end());
  std::vector<PlanRun> chosen;
  for (const PlanRun& run : runs)
    if (holds(mine, run.name)) chosen.push_back(run);
  return chosen;
}

std::vector<Job> jobs_of(const Plan& plan, const std::vector<PlanGate>& gates, std::int64_t shards) {
  std::vector<Job> jobs;
  for (const Names& chain : chains_of(plan.runs)) {
    Job job;
    for (const PlanGate& gate : gates)
      if (holds(chain, gate.from)) {
        job.name += (job.name.empty() ? "" : "+") + gate.name;
        job.gates.push_back(gate.name);
      }
    if (job.gates.empty()) continue;
    job.runs = chain;
    for (const std::string& name : chain)
      job.needs_gpu = job.needs_gpu || needs_gpu(run_called(name, plan.runs));
    const bool shared = shards > 1 && can_be_shared(chain, plan.runs);
    for (std::int64_t number = 1; number <= (shared ? shards : 1); ++number) {
      jobs.push_back(job);
      if (!shared) continue;
      jobs.back().shard = Shard{number, shards};
      jobs.back().name += "-" + std::to_string(number);
    }
  }
  // In the order of the gates, not of the runs.
  const auto place = [&](const Job& job) {
    return std::find_if(gates.begin(), gates.end(),
                        [&](const PlanGate& gate) { return gate.name == job.gates.front(); }) -
           gates.begin();
  };
  std::stable_sort(jobs.begin(), jobs.end(), [&](const Job& a, const Job& b) { return place(a) < place(b); });
  // A gate may be called as another with its shard is.
  std::map<std::string, int> seen;
  for (Job& job : jobs)
    if (const int before = seen[job.name]++; before > 0) job.name += "+" + std::to_string(before);
  return jobs;
}

}  // namespace modelgate
