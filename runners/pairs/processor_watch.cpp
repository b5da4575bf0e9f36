#include "runners/pairs/processor_watch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <string>

namespace modelgate {
namespace {

// A process of the system that is awake for a moment takes a few percent; one that computes all the time
// takes half.
constexpr double most_delayed_share = 0.25;
constexpr double most_stolen_share = 0.1;
// The kernel counts what was stolen in hundredths of a second: below this there is no share to speak of.
constexpr double least_processor_seconds = 0.3;

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

}  // namespace

ProcessorTimes processor_times() {
  std::ifstream file("/proc/stat");
  std::string word;
  if (!(file >> word) || word != "cpu") return {};
  // user, nice, system, idle, iowait, irq, softirq, steal; what guests took is a part of user.
  constexpr std::size_t counted = 8;
  std::vector<double> ticks;
  for (double value = 0; ticks.size() < counted && file >> value;) ticks.push_back(value);
  if (ticks.size() < counted) return {};
  const auto per_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
  return {std::accumulate(ticks.begin(), ticks.end(), 0.0) / per_second, ticks.back() / per_second};
}

void ProcessorWatch::begin_turn(std::size_t) { at_begin_ = processor_times(); }

std::vector<Disturbance> ProcessorWatch::end_turn(const ProcessRun& run) {
  const ProcessorTimes now = processor_times();
  const ProcessorTimes passed{now.all - at_begin_.all, now.stolen - at_begin_.stolen};
  over_all_.all += passed.all;
  over_all_.stolen += passed.stolen;
  std::vector<Disturbance> disturbances;
  if (!run.is_parallel) {
    // Where its own threads kept the processor busy, it stood in its own line: that is its slowness, and to
    // discard it would hide it.
    const double left = std::max(run.wall_seconds - run.cpu_seconds, 0.0);
    const double delayed_seconds = std::min(run.delayed_seconds, left);
    const double delayed = share(delayed_seconds, run.wall_seconds);
    wall_seconds_ += run.wall_seconds;
    delayed_seconds_ += delayed_seconds;
    most_delayed_ = std::max(most_delayed_, delayed);
    if (delayed > most_delayed_share)
      disturbances.push_back(
          {"processor_shared",
           fmt::format("it stood in line for a processor {:.0f} % of its time", 100 * delayed)});
  }
  if (const double stolen = share(passed.stolen, passed.all);
      passed.all >= least_processor_seconds && stolen > most_stolen_share)
    disturbances.push_back(
        {"processor_stolen",
         fmt::format("the hypervisor gave {:.0f} % of the processors to others", 100 * stolen)});
  return disturbances;
}

std::vector<std::string> ProcessorWatch::notes() const {
  std::string note;
  if (wall_seconds_ > 0)
    note =
        fmt::format("the processes stood in line for a processor {:.1f} % of their time (at most {:.0f} %)",
                    100 * share(delayed_seconds_, wall_seconds_), 100 * most_delayed_);
  if (over_all_.stolen > 0)
    note += fmt::format("{}the hypervisor gave {:.1f} % of the processors to others",
                        note.empty() ? "" : "; ", 100 * share(over_all_.stolen, over_all_.all));
  return note.empty() ? std::vector<std::string>{} : std::vector<std::string>{note};
}

}  // namespace modelgate
