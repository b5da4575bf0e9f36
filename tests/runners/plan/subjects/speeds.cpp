// A benchmark program whose times are made up, so that a test knows what a run must conclude. The file
// `speeds` beside it has a line for each benchmark: its name, the time in seconds, and the noise between
// processes (a standard deviation of logarithms). The noise follows from how many processes ran before, which
// are counted in the file $COUNT. A line "dies N" ends the process by a signal once N ran before it, and
// "orphaned N" ends the runner that started it.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

/// About normal: the sum of twelve uniform numbers that follow from `seed`.
double made_up_noise(std::uint64_t seed) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) {
    // SplitMix64, so that neighbouring seeds give unlike numbers.
    std::uint64_t bits = seed += 0x9e3779b97f4a7c15;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    sum += static_cast<double>((bits ^ (bits >> 31)) >> 11) * 0x1p-53;
  }
  return sum;
}

std::uint64_t count_processes() {
  const char* path = std::getenv("COUNT");
  if (path == nullptr) return 0;
  std::uint64_t before = 0;
  std::ifstream(path) >> before;
  std::ofstream(path) << before + 1;
  return before;
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t before = count_processes();
  std::ifstream speeds(std::filesystem::path(argv[0]).parent_path() / "speeds");
  std::uint64_t line = 0;
  for (std::string name; speeds >> name;) {
    double seconds = 0, noise = 0;
    speeds >> seconds;
    if (name == "dies" || name == "orphaned") {
      const bool is_time = before >= static_cast<std::uint64_t>(seconds);
      if (is_time) ::kill(name == "dies" ? ::getpid() : ::getppid(), SIGKILL);
      continue;
    }
    speeds >> noise;
    const double value = seconds * std::exp(noise * made_up_noise((before * 1000 + ++line) << 20));
    benchmark::RegisterBenchmark(name.c_str(), [value](benchmark::State& state) {
      for (auto _ : state) state.SetIterationTime(value);
    })->UseManualTime();
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
