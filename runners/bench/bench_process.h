#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "runners/bench/bench.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

/// What one process of a Google Benchmark program measured.
struct BenchRun {
  Measurements results;            ///< A SampleSeries for each benchmark and quantity, with one process.
  std::optional<Problem> problem;  ///< Why there are none.
  std::vector<std::string> notes;  ///< What the program itself warns of.
  bool is_parallel = false;        ///< It used several processors at once.
};

/// The program of a subject, started again and again.
class BenchProgram {
 public:
  /// `scratch` is a folder of our own.
  BenchProgram(const BenchOptions& options, const MeasuredSubject& subject, std::filesystem::path scratch);

  /// Runs a process with `padding_bytes` more in its environment, which moves its stack.
  BenchRun run(std::size_t padding_bytes) const;
  /// Runs a process as briefly as it can, so that the machine has read what the program needs.
  BenchRun run_briefly() const;

 private:
  BenchRun run(double min_time_seconds, std::int64_t repetitions, std::size_t padding_bytes) const;

  const BenchOptions& options_;
  std::string program_;
  std::vector<std::string> arguments_;
  std::filesystem::path scratch_;
};

/// Errors: kind usage for an argument that is for us to give.
void check_bench_arguments(const std::vector<std::string>& arguments);

}  // namespace modelgate
