#include "schemas/formats/benchmark_runs.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "schemas/formats/criterion.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 10'000;

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (!entry->is_regular_file() || entry->path().filename().string().starts_with(".")) continue;
    if (files.size() == most_files)
      throw usage_error(folder.string(), "holds more than " + std::to_string(most_files) + " files");
    files.push_back(entry->path());
  }
  if (failure) throw infrastructure_error(folder.string(), "cannot be read: " + failure.message());
  std::sort(files.begin(), files.end());
  return files;
}

class Runs {
 public:
  /// `own_processes`: what this file holds was measured in other processes than what came before.
  void add(const fs::path& path, Measurements run, bool own_processes) {
    if (files_++ == 0) {
      first_ = path;
      all_.runner = run.runner;
      all_.runner_version = run.runner_version;
      all_.environment = run.environment;
    }
    if (run.runner != all_.runner)
      throw usage_error(path.string(),
                        "is of " + run.runner + ", and " + first_.string() + " of " + all_.runner);
    expect_same_machine(path, run.environment);
    for (Series& one : run.series)
      if (auto* samples = std::get_if<SampleSeries>(&one)) add(*samples, own_processes);
    for (Problem& problem : run.problems) {
      problem.sentence += " (" + path.filename().string() + ")";
      all_.problems.push_back(std::move(problem));
    }
    for (std::string& note : run.notes)
      if (std::find(all_.notes.begin(), all_.notes.end(), note) == all_.notes.end())
        all_.notes.push_back(std::move(note));
  }

  /// A run that ended early must not be passed over: the others would be no sample of all.
  Measurements complete(bool own_processes) {
    for (const auto& [key, place] : places_) {
      const auto& series = std::get<SampleSeries>(all_.series[place.first]);
      if (own_processes && place.second != files_)
        all_.problems.push_back({"benchmark_error", beginning(series.name) + " " +
                                                        beginning(series.quantity) + ": is in " +
                                                        std::to_string(place.second) + " of " +
                                                        std::to_string(files_) + " files only"});
    }
    return std::move(all_);
  }

 private:
  void expect_same_machine(const fs::path& path,
                           const std::map<std::string, std::string>& environment) const {
    const auto value_in = [](const std::map<std::string, std::string>& map, const std::string& key) {
      const auto found = map.find(key);
      return found == map.end() ? "not told" : "'" + beginning(found->second) + "'";
    };
    for (const auto* keys : {&environment, &all_.environment})
      for (const auto& entry : *keys)
        if (value_in(environment, entry.first) != value_in(all_.environment, entry.first))
          throw usage_error(path.string(),
                            "the machine's " + beginning(entry.first) + " is " +
                                value_in(environment, entry.first) + ", and in " +
                                first_.filename().string() + " " + value_in(all_.environment, entry.first),
                            "Put the runs of each machine into a folder of its own.");
  }

  void add(SampleSeries& samples, bool own_processes) {
    const auto [place, is_new] =
        places_.try_emplace({samples.name, samples.quantity}, all_.series.size(), std::size_t{0});
    ++place->second.second;
    if (is_new) {
      all_.series.emplace_back(std::move(samples));
      return;
    }
    auto& series = std::get<SampleSeries>(all_.series[place->second.first]);
    if (!own_processes || series.unit != samples.unit || series.better != samples.better)
      throw usage_error(first_.parent_path().string(),
                        own_processes ? "'" + beginning(samples.name) + "' has several units in its files"
                                      : "holds '" + beginning(samples.name) + "' twice");
    for (ProcessSamples& process : samples.processes) {
      process.pair = process.position = static_cast<std::int64_t>(series.processes.size());
      series.processes.push_back(std::move(process));
    }
  }

  Measurements all_;
  fs::path first_;
  std::size_t files_ = 0;
  /// Of each series its place, and in how many files it is.
  std::map<std::pair<std::string, std::string>, std::pair<std::size_t, std::size_t>> places_;
};

}  // namespace

Measurements benchmark_runs_in(const fs::path& folder,
                               const std::function<Measurements(const fs::path&)>& read) {
  const std::vector<fs::path> samples = criterion_samples_in(folder);
  const bool own_processes = samples.empty();
  const std::vector<fs::path> files = own_processes ? files_in(folder) : samples;
  if (files.empty()) throw usage_error(folder.string(), "is a folder without a file of results");
  Runs runs;
  for (const fs::path& file : files) runs.add(file, read(file), own_processes);
  return runs.complete(own_processes);
}

}  // namespace modelgate
