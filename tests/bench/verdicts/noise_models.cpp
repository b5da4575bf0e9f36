#include "tests/bench/verdicts/noise_models.h"

#include <cmath>
#include <functional>

#include "gates/statistics/descriptive.h"
#include "tests/bench/verdicts/normal_source.h"

namespace modelgate {

void NoiseSource::begin(NoisePath&, RandomStream, std::size_t) const {}

namespace {

/// Values that know nothing of each other.
class Independent : public NoiseSource {
 public:
  explicit Independent(double (*draw)(RandomStream&)) : draw_(draw) {}
  void extend(NoisePath& path, std::span<double> values) const override {
    for (double& value : values) value = draw_(path.random);
  }

 private:
  double (*draw_)(RandomStream&);
};

/// Skewed: exp of a normal number with σ = 0.8, the median taken off.
double log_normal(RandomStream& random) { return std::exp(0.8 * standard_normal(random)) - 1; }

/// Student's t with 3 degrees of freedom: no fourth moment.
double student_3(RandomStream& random) {
  const double z = standard_normal(random);
  double squares = 0;
  for (int i = 0; i < 3; ++i) {
    const double x = standard_normal(random);
    squares += x * x;
  }
  return z / std::sqrt(squares / 3);
}

/// Slowdowns only, with an infinite variance: Pareto's distribution with the exponent 1.5.
double pareto(RandomStream& random) { return std::pow(1 - random.unit(), -1 / 1.5) - 1; }

/// Two states, equally likely: a layout that fits, and one that does not.
double bimodal(RandomStream& random) {
  const double state = random.next() >> 63 ? 1 : -1;
  return state + 0.14 * standard_normal(random);
}

/// One value in 20 is far too slow.
double outlier(RandomStream& random) {
  const double z = standard_normal(random);
  return random.unit() < 0.05 ? z - 8 * std::log(1 - random.unit()) : z;
}

/// Bursts of slowness: now and then a neighbour takes the machine for 4 processes on average.
class Bursts : public NoiseSource {
 public:
  void extend(NoisePath& path, std::span<double> values) const override {
    for (double& value : values) {
      const double u = path.random.unit();
      if (path.memory > 0) {
        if (u < 0.25) path.memory = 0;
      } else if (u < 0.03) {
        path.memory = 8 + 12 * path.random.unit();
      }
      value = path.memory + standard_normal(path.random);
    }
  }
};

class Autoregressive : public NoiseSource {
 public:
  explicit Autoregressive(double rho) : rho_(rho), fresh_(std::sqrt(1 - rho * rho)) {}
  void begin(NoisePath& path, RandomStream, std::size_t) const override {
    path.memory = standard_normal(path.random);
  }
  void extend(NoisePath& path, std::span<double> values) const override {
    for (double& value : values) {
      value = path.memory;
      path.memory = rho_ * path.memory + fresh_ * standard_normal(path.random);
    }
  }

 private:
  double rho_, fresh_;
};

/// A machine that warms up, or cools down, steadily while the run lasts.
class Ramp : public NoiseSource {
 public:
  void begin(NoisePath& path, RandomStream, std::size_t) const override {
    path.memory = path.random.next() >> 63 ? 0.2 : -0.2;
  }
  void extend(NoisePath& path, std::span<double> values) const override {
    for (double& value : values)
      value = path.memory * static_cast<double>(path.position++) + standard_normal(path.random);
  }
};

/// Every fourth process is disturbed, as by a job that comes round: made to fool a fixed order ABBA.
class Periodic : public NoiseSource {
 public:
  void begin(NoisePath& path, RandomStream, std::size_t) const override {
    path.position = static_cast<std::int64_t>(path.random.below(4));
  }
  void extend(NoisePath& path, std::span<double> values) const override {
    for (double& value : values) value = (path.position++ % 4 == 0 ? 4 : 0) + standard_normal(path.random);
  }
};

/// Scales both parts so that their sum has the spread.
void scale(NoiseModel& model, double spread, std::uint64_t seed) {
  std::vector<double> pooled;
  for (std::uint64_t run = 0; run < 4000; ++run)
    for (const double value : noise_values(model, 20, seed, run)) pooled.push_back(value);
  const double factor = spread / robust_spread(pooled);
  model.shared_weight *= factor;
  model.own_weight *= factor;
}

}  // namespace

std::shared_ptr<const NoiseSource> autoregressive(double rho) {
  return std::make_shared<Autoregressive>(rho);
}

std::vector<double> noise_values(const NoiseModel& model, std::size_t processes, std::uint64_t seed,
                                 std::uint64_t stream) {
  const RandomStream run(seed, 3 * stream);
  NoisePath shared{RandomStream(seed, 3 * stream + 1)}, own{RandomStream(seed, 3 * stream + 2)};
  model.shared->begin(shared, run, 0);
  model.own->begin(own, run, 0);
  std::vector<double> values(processes), others(processes);
  model.shared->extend(shared, values);
  model.own->extend(own, others);
  for (std::size_t i = 0; i < processes; ++i)
    values[i] = model.shared_weight * values[i] + model.own_weight * others[i];
  return values;
}

double robust_spread(std::span<const double> values) { return 1.4826 * median_absolute_deviation(values); }

std::vector<NoiseModel> noise_models(double spread, std::uint64_t seed) {
  const auto independent = [](double (*draw)(RandomStream&)) { return std::make_shared<Independent>(draw); };
  const auto normal = independent(standard_normal);
  const double half = std::sqrt(0.5);
  const auto both = [half](const std::string& name, const std::string& description,
                           std::shared_ptr<const NoiseSource> source) {
    return NoiseModel{name, description, source, source, half, half};
  };
  std::vector<NoiseModel> models = {
      both("normal", "normal", normal),
      both("log-normal", "skewed: log-normal, σ = 0.8", independent(log_normal)),
      both("heavy tail", "Student's t with 3 degrees of freedom", independent(student_3)),
      both("one-sided tail", "slowdowns only: Pareto's distribution, exponent 1.5 (infinite variance)",
           independent(pareto)),
      {"bimodal", "two equally likely states, ten times as far apart as the noise within them is wide",
       normal, independent(bimodal), 0.14, 1},
      {"bursts and outliers",
       "bursts that slow all benchmarks of 4 processes on average, and one value in 20 an outlier",
       std::make_shared<Bursts>(), independent(outlier), half, half},
      {"slow drift", "AR(1) with ρ = 0.98, four fifths of the variance, and normal noise",
       autoregressive(0.98), normal, std::sqrt(0.8), std::sqrt(0.2)},
      both("autocorrelated", "AR(1) with ρ = 0.5", autoregressive(0.5)),
      {"process luck", "normal, 95 % of the variance shared by all benchmarks of a process", normal, normal,
       std::sqrt(0.95), std::sqrt(0.05)},
      {"steady drift", "a machine that warms up by 0.2 σ a process, and normal noise",
       std::make_shared<Ramp>(), normal, half, half},
      {"periodic", "every fourth process is disturbed by 4 σ, and normal noise", std::make_shared<Periodic>(),
       normal, half, half},
  };
  for (NoiseModel& model : models) scale(model, spread, seed);
  return models;
}

}  // namespace modelgate
