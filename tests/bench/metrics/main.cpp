// Times what the quality gate computes, on the data that numpy_metrics.py writes: `bench_metrics FOLDER`
// prints a name and seconds a line. See tests/bench/run --only metrics.

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "gates/metrics/classification.h"
#include "gates/metrics/score_bootstrap.h"
#include "gates/metrics/text/bleu.h"
#include "gates/statistics/bootstrap.h"
#include "gates/statistics/delong.h"

namespace {

using namespace modelgate;

template <typename Value>
std::vector<Value> values_of(const std::filesystem::path& path) {
  std::vector<Value> values(std::filesystem::file_size(path) / sizeof(Value));
  std::ifstream(path, std::ios::binary)
      .read(reinterpret_cast<char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(Value)));
  return values;
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

/// Without the reading of the data.
template <typename Work>
void timed(const char* name, const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  const double result = work();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  std::printf("%s %.6f %.9g\n", name, taken.count(), result);
}

void area_bootstrap(const std::filesystem::path& folder) {
  const auto first = values_of<double>(folder / "scores_10k_first.f64"),
             second = values_of<double>(folder / "scores_10k_second.f64");
  const auto positive = values_of<std::uint8_t>(folder / "positive_10k.u8");
  timed("area", [&] {
    return paired_score_bootstrap({first, second, positive}, {ScoreMetric::roc_auc}).bounds(0.05).lower;
  });
}

void area_of_many(const std::filesystem::path& folder) {
  const auto first = values_of<double>(folder / "scores_1m_first.f64"),
             second = values_of<double>(folder / "scores_1m_second.f64");
  const auto positive = values_of<std::uint8_t>(folder / "positive_1m.u8");
  timed("delong", [&] { return delong(first, second, positive).standard_error(); });
}

/// Counts suffice: rows that were answered alike are one kind.
void f1_bootstrap(const std::filesystem::path& folder) {
  const auto labels = values_of<std::int32_t>(folder / "labels_100k.i32"),
             first = values_of<std::int32_t>(folder / "first_100k.i32"),
             second = values_of<std::int32_t>(folder / "second_100k.i32");
  timed("f1", [&] {
    constexpr std::size_t classes = 10;
    std::map<std::array<std::int32_t, 3>, std::int64_t> kinds;
    for (std::size_t i = 0; i < labels.size(); ++i) ++kinds[{labels[i], first[i], second[i]}];
    std::vector<std::array<std::int32_t, 3>> rows;
    std::vector<std::int64_t> times;
    for (const auto& [kind, count] : kinds) {
      rows.push_back(kind);
      times.push_back(count);
    }
    const auto macro_f1 = [&](std::span<const std::int64_t> counts, std::size_t model) {
      std::vector<std::int64_t> labelled(classes), predicted(classes), right(classes);
      for (std::size_t k = 0; k < rows.size(); ++k) {
        const auto label = static_cast<std::size_t>(rows[k][0]),
                   said = static_cast<std::size_t>(rows[k][model]);
        labelled[label] += counts[k];
        predicted[said] += counts[k];
        if (label == said) right[label] += counts[k];
      }
      return f1({labelled, predicted, right}, ClassAverage::macro);
    };
    return bootstrap(times,
                     [&](std::span<const std::int64_t> counts) {
                       return macro_f1(counts, 2) - macro_f1(counts, 1);
                     })
        .bounds(0.05)
        .lower;
  });
}

void bleu_bootstrap(const std::filesystem::path& folder) {
  const auto references = lines_of(folder / "references.txt"), first = lines_of(folder / "first.txt"),
             second = lines_of(folder / "second.txt");
  timed("bleu", [&] {
    std::vector<BleuCounts> before, now;
    for (std::size_t i = 0; i < references.size(); ++i) {
      const std::string_view reference = references[i];
      before.push_back(bleu_counts(first[i], {&reference, 1}));
      now.push_back(bleu_counts(second[i], {&reference, 1}));
    }
    const auto bleu = [](std::span<const std::int64_t> counts, const std::vector<BleuCounts>& rows) {
      BleuCounts sum{};
      for (std::size_t i = 0; i < rows.size(); ++i) add(sum, rows[i], counts[i]);
      return bleu_score(sum);
    };
    BleuCounts all_before{}, all_now{};
    for (std::size_t i = 0; i < now.size(); ++i) {
      add(all_before, before[i]);
      add(all_now, now[i]);
    }
    const auto without = [&](std::size_t i) {
      BleuCounts less_before = all_before, less_now = all_now;
      add(less_before, before[i], -1);
      add(less_now, now[i], -1);
      return bleu_score(less_now) - bleu_score(less_before);
    };
    return bootstrap(
               std::vector<std::int64_t>(now.size(), 1),
               [&](std::span<const std::int64_t> counts) { return bleu(counts, now) - bleu(counts, before); },
               without)
        .bounds(0.05)
        .lower;
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_metrics FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  area_bootstrap(folder);
  area_of_many(folder);
  f1_bootstrap(folder);
  bleu_bootstrap(folder);
}
