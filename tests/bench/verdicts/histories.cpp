#include "tests/bench/verdicts/histories.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

using Histories = std::vector<std::vector<double>>;

constexpr std::size_t least_values = 10;
constexpr double hidden = 1e-6;  // of a logarithm

class Resampled : public NoiseSource {
 public:
  explicit Resampled(Histories histories) : histories_(std::move(histories)) {}

  void begin(NoisePath& path, RandomStream run, std::size_t benchmark) const override {
    // Benchmarks beyond the number of histories take one again, from elsewhere.
    const auto& history = histories_[benchmark % histories_.size()];
    const double round = static_cast<double>(benchmark / histories_.size());
    const double start = run.unit() + round * 0.381966;  // the golden section spreads the rounds evenly
    path.kept = static_cast<double>(benchmark % histories_.size());
    path.position =
        static_cast<std::int64_t>((start - std::floor(start)) * static_cast<double>(history.size()));
  }
  void extend(NoisePath& path, std::span<double> values) const override {
    const auto& history = histories_[static_cast<std::size_t>(path.kept)];
    // Recorded times are rounded, and a history that begins again repeats itself: what the last digit hid is
    // drawn, so that equal values are no ties.
    for (double& value : values) {
      value = history[static_cast<std::size_t>(path.position) % history.size()] + hidden * path.random.unit();
      ++path.position;
    }
  }

 private:
  Histories histories_;
};

class Silent : public NoiseSource {
 public:
  void extend(NoisePath&, std::span<double> values) const override {
    for (double& value : values) value = 0;
  }
};

double logarithm(double value, const std::string& file) {
  if (!(value > 0 && std::isfinite(value))) throw usage_error(file, "a time is not a positive number");
  return std::log(value);
}

Histories read_hyper(const std::filesystem::path& path) {
  Histories histories;
  try {
    const auto document = nlohmann::json::parse(read_file(path));
    for (const auto& [name, runs] : document.at("series").items()) {
      std::vector<double> values;
      for (const auto& run : runs) values.push_back(logarithm(run.at(1).get<double>(), path.string()));
      if (values.size() >= least_values) histories.push_back(std::move(values));
    }
  } catch (const nlohmann::json::exception&) {
    throw usage_error(path.string(), "is no history of benchmarks",
                      R"(it holds {"series": {"NAME": [["COMMIT", NANOSECONDS], …], …}})");
  }
  return histories;
}

/// Lines "BenchmarkX  3000000  43.6 ns/op …": repetitions of one benchmark follow each other.
Histories read_go(const std::filesystem::path& path) {
  std::map<std::string, std::vector<double>> by_name;
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, iterations, unit;
    double value = 0;
    if (words >> name >> iterations >> value >> unit && unit == "ns/op" && name.starts_with("Benchmark"))
      by_name[name].push_back(logarithm(value, path.string()));
  }
  Histories histories;
  for (auto& [name, values] : by_name)
    if (values.size() >= least_values) histories.push_back(std::move(values));
  return histories;
}

void require_some(const Histories& histories, const std::filesystem::path& path) {
  if (histories.empty()) throw usage_error(path.string(), "holds no history of 10 values or more");
}

}  // namespace

NoiseModel model_of_histories(std::string name, std::string description, const Histories& logarithms,
                              double spread) {
  Histories scaled;
  for (const std::vector<double>& values : logarithms) {
    std::vector<double> steps;
    for (std::size_t i = 1; i < values.size(); ++i) steps.push_back(values[i] - values[i - 1]);
    const double own = robust_spread(steps) / std::sqrt(2.0);
    if (!(own > 0)) continue;  // half of its values repeat the one before: no noise to resample
    scaled.push_back(values);
    for (double& value : scaled.back()) value *= spread / own;
  }
  if (scaled.empty()) throw usage_error(name, "its histories have no noise");
  return {std::move(name),
          std::move(description),
          std::make_shared<Silent>(),
          std::make_shared<Resampled>(std::move(scaled)),
          0,
          1};
}

std::vector<NoiseModel> history_models(const std::filesystem::path& folder, double spread) {
  const Histories hyper = read_hyper(folder / "hyper-history.json");
  require_some(hyper, folder / "hyper-history.json");
  Histories go = read_go(folder / "go-crc-old.txt");
  for (auto& history : read_go(folder / "go-crc-new.txt")) go.push_back(std::move(history));
  require_some(go, folder);
  return {
      model_of_histories("hyper's CI",
                         std::to_string(hyper.size()) +
                             " benchmarks of hyperium/hyper over years of commits on public CI, resampled",
                         hyper, spread),
      model_of_histories("Go's crc32",
                         std::to_string(go.size()) +
                             " series of some ten repetitions of Go's crc32, resampled round and round",
                         go, spread)};
}

}  // namespace modelgate
