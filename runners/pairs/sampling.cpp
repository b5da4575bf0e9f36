#include "runners/pairs/sampling.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "runners/process/process.h"
#include "runners/recording/rising_looks.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

const SampleSeries* counterpart(const SampleSeries& series, const Measurements& measurements) {
  for (const Series& other : measurements.series)
    if (const auto* samples = std::get_if<SampleSeries>(&other);
        samples != nullptr && samples->name == series.name && samples->quantity == series.quantity)
      return samples;
  return nullptr;
}

}  // namespace

void SamplingOptions::declare_pairs(OptionSet& options, std::int64_t least_pairs) {
  options.integer("pairs", pairs, least_pairs, 100000, "N", "Processes of each subject, at most");
  options.list("benchmark", benchmarks, "NAME",
               "With --add: only to this benchmark (may be repeated; default: all)");
  options.text(
      "most-discarded", most_discarded, "PERCENT",
      "Of all pairs at most this share may be disturbed, discarded and measured again; beyond it the "
      "machine is unfit, an error (default: 50%)");
  options.flag("keep-disturbed", keep_disturbed, "Note what disturbs a pair, and discard none");
}

void SamplingOptions::declare(OptionSet& options, std::int64_t least_pairs) {
  declare_pairs(options, least_pairs);
  options.list("looks", looks, "N",
               "Declare that the results are looked at after N pairs (may be repeated, rising to --pairs)");
  options.integer("until", until, 0, 100000, "N", "Stop after N pairs for now (0: after --pairs)");
  options.flag("add", add, "Add pairs to what --output holds");
}

std::vector<std::int64_t> SamplingOptions::declared_looks() const {
  std::vector<std::int64_t> numbers = rising_looks(looks);
  if (!numbers.empty() && numbers.back() != pairs)
    throw usage_error("--looks", "the last look is at " + std::to_string(numbers.back()) +
                                     " pairs, and --pairs says " + std::to_string(pairs));
  return numbers;
}

std::int64_t SamplingOptions::end() const {
  if (until > pairs)
    throw usage_error("--until",
                      std::to_string(until) + " lies beyond --pairs, which is " + std::to_string(pairs));
  if (!benchmarks.empty() && !add) throw usage_error("--benchmark", "can only be given with --add");
  return until == 0 ? pairs : until;
}

DisturbanceLimits SamplingOptions::disturbances() const {
  char* end = nullptr;
  const double percent = std::strtod(most_discarded.c_str(), &end);
  constexpr double most = 95;  // beyond it a measurement would hardly end
  if (end == most_discarded.c_str() || std::string_view(end) != "%" || !(percent >= 0 && percent <= most))
    throw usage_error("--most-discarded", "'" + beginning(most_discarded) + "' is not a percentage up to 95%",
                      "Write it like 50%.");
  return {percent / 100, keep_disturbed};
}

EarlierMeasurements::EarlierMeasurements(const std::filesystem::path& output, const std::string& runner,
                                         const std::vector<MeasuredSubject>& subjects,
                                         const SamplingOptions& sampling)
    : benchmarks_(sampling.benchmarks), documents_(output, runner, subjects) {
  for (const Measurements& document : documents_.all()) {
    const std::filesystem::path path = documents_.path_of(document);
    require_earlier(document.looks == sampling.declared_looks(), path, "declares other looks");
    for (const std::string& name : benchmarks_)
      require_earlier(std::any_of(document.series.begin(), document.series.end(),
                                  [&](const Series& series) {
                                    const auto* samples = std::get_if<SampleSeries>(&series);
                                    return samples != nullptr && samples->name == name;
                                  }),
                      path, "has no benchmark '" + beginning(name) + "'");
    for (const Series& series : document.series)
      if (const auto* samples = std::get_if<SampleSeries>(&series))
        for (const ProcessSamples& process : samples->processes) {
          next_position_ = std::max(next_position_, process.position + 1);
          if (is_wanted(*samples)) next_pair_ = std::max(next_pair_, process.pair + 1);
        }
  }
  if (next_pair_ >= sampling.end())
    throw usage_error("--until", "there are " + std::to_string(next_pair_) + " pairs already");
}

bool EarlierMeasurements::is_wanted(const SampleSeries& series) const {
  return benchmarks_.empty() ||
         std::find(benchmarks_.begin(), benchmarks_.end(), series.name) != benchmarks_.end();
}

void EarlierMeasurements::mark_unfinished() const { documents_.mark_unfinished("pairs"); }

Measurements EarlierMeasurements::joined(const Measurements& more) const {
  Measurements all = documents_.joined(more);
  for (Series& series : all.series) {
    auto* known = std::get_if<SampleSeries>(&series);
    if (known == nullptr || !is_wanted(*known)) continue;
    if (const SampleSeries* added = counterpart(*known, more))
      known->processes.insert(known->processes.end(), added->processes.begin(), added->processes.end());
    else if (more.problems.empty())
      all.problems.push_back(
          {"bad_output", known->name + ": " + known->quantity + " was reported before and is not any more"});
  }
  return all;
}

bool deliver_samples(Measurements document, const std::optional<EarlierMeasurements>& earlier,
                     const std::filesystem::path& output) {
  if (interrupted() && document.problems.empty())
    document.problems.push_back({"interrupted", "the measurement was interrupted"});
  if (earlier) document = earlier->joined(document);
  write_measurements(document, output);
  return say_problems(document);
}

}  // namespace modelgate
