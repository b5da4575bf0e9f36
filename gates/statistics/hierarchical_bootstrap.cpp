// The bootstrap of measurements that are nested: iterations within processes.
//
// Method: processes are drawn with replacement, then iterations within each drawn process (Kalibera & Jones
// 2013, "Rigorous benchmarking in reasonable time", ISMM; Davison & Hinkley 1997, 3.8). Pairs of processes
// that ran next to each other are drawn as one, so that what they share cancels. bca.h reads bounds and
// p-values off the replicates, with the skewness of the process values as acceleration. Every resample has
// its own random stream: the result is the same on any number of threads.
//
// Assumption: processes are independent of each other (pairs, if paired), and iterations of one process
// exchangeable. Limits: the process is the unit. With few of them the percentiles are too narrow, by a
// third at 5 processes and a fourteenth at 20, and no number of iterations helps: below 20 use Student's t
// (t_interval.h). Drawing
// iterations as well adds their variance once more, σ_within²/(processes·iterations): a little too wide where
// iterations are few and noisy.

#include "gates/statistics/hierarchical_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "gates/statistics/input.h"
#include "gates/statistics/parallel.h"
#include "gates/statistics/random.h"

namespace modelgate {

namespace {

void require_processes(std::span<const ProcessValues> processes) {
  require(processes.size() >= 2, "at least two processes are needed");
  for (const ProcessValues& values : processes) {
    require_values(values, 1);
    require(values.size() < (std::uint64_t{1} << 32), "there are too many iterations");
  }
}

std::vector<double> summaries(std::span<const ProcessValues> processes, const ProcessSummary& summary) {
  std::vector<double> result;
  result.reserve(processes.size());
  for (const ProcessValues& values : processes) result.push_back(summary(values));
  return result;
}

double sum_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

/// Draws iterations of processes that were drawn; keeps its memory from one to the next.
class Redraw {
 public:
  Redraw(const ProcessSummary& summary, RandomStream& random) : summary_(summary), random_(random) {}

  double operator()(const ProcessValues& process) {
    const auto size = static_cast<std::uint32_t>(process.size());
    drawn_.resize(size);
    for (double& value : drawn_) value = process[random_.below(size)];
    return summary_(drawn_);
  }

 private:
  const ProcessSummary& summary_;
  RandomStream& random_;
  std::vector<double> drawn_;
};

double replicate(std::span<const ProcessValues> first, std::span<const ProcessValues> second,
                 ProcessPairing pairing, const ProcessSummary& summary, RandomStream& random) {
  Redraw redraw(summary, random);
  const auto m = static_cast<std::uint32_t>(first.size()), n = static_cast<std::uint32_t>(second.size());
  double of_first = 0, of_second = 0;
  for (std::uint32_t i = 0; i < m; ++i) {
    const std::uint32_t drawn = random.below(m);
    of_first += redraw(first[drawn]);
    if (pairing == ProcessPairing::paired) of_second += redraw(second[drawn]);
  }
  if (pairing == ProcessPairing::unpaired) {
    for (std::uint32_t i = 0; i < n; ++i) of_second += redraw(second[random.below(n)]);
  }
  return of_first / m - of_second / n;
}

/// The difference of means with each process, or pair, left out in turn.
std::vector<double> leaving_out(std::span<const double> x, std::span<const double> y,
                                ProcessPairing pairing) {
  const auto m = static_cast<double>(x.size()), n = static_cast<double>(y.size());
  const double of_x = sum_of(x), of_y = sum_of(y);
  std::vector<double> without;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double rest = (of_x - x[i]) / (m - 1);
    without.push_back(pairing == ProcessPairing::paired ? rest - (of_y - y[i]) / (n - 1) : rest - of_y / n);
  }
  for (std::size_t i = 0; pairing == ProcessPairing::unpaired && i < y.size(); ++i) {
    without.push_back(of_x / m - (of_y - y[i]) / (n - 1));
  }
  return without;
}

}  // namespace

Bootstrap hierarchical_bootstrap(std::span<const ProcessValues> first, std::span<const ProcessValues> second,
                                 ProcessPairing pairing, const ProcessSummary& summary,
                                 const BootstrapSettings& settings) {
  require_processes(first);
  require_processes(second);
  require(pairing == ProcessPairing::unpaired || first.size() == second.size(),
          "there are not as many processes on both sides");
  require_settings(settings);

  std::vector<double> replicates(static_cast<std::size_t>(settings.resamples));
  in_parallel(settings.threads, replicates.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r) {
      RandomStream random(settings.seed, r);
      replicates[r] = replicate(first, second, pairing, summary, random);
    }
  });
  const std::vector<double> x = summaries(first, summary), y = summaries(second, summary);
  const double estimate =
      sum_of(x) / static_cast<double>(x.size()) - sum_of(y) / static_cast<double>(y.size());
  Bootstrap result = bca(estimate, std::move(replicates));
  if (!result.degenerate()) {
    const std::vector<double> without = leaving_out(x, y, pairing);
    result.acceleration = jackknife_acceleration(without, std::vector<double>(without.size(), 1.0));
  }
  return result;
}

}  // namespace modelgate
