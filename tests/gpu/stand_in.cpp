// Takes the place of the CUDA programs where only the logic of tests/gpu/run is tried: no time that it prints
// was measured on a GPU. Which program it stands for is told by the name of its file.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

namespace {

double seconds_of_call = 1e-3;

/// Times that were not measured, with a little noise.
void pretended(benchmark::State& state) {
  unsigned noise = 1;
  for (auto _ : state) {
    noise = noise * 1664525 + 1013904223;
    state.SetIterationTime(seconds_of_call * (1 + 1e-4 * (noise >> 24) / 256));
  }
}

/// Turns the fake NVML to a state, and waits until that was seen a few times.
void tell_fake_nvml(int state) {
  const char* name = std::getenv("MODELGATE_FAKE_NVML");
  // Nobody looks but beside what modelgate-run-bench has started.
  if (name == nullptr || std::getenv("MODELGATE_PADDING") == nullptr) return;
  const std::string script = name;
  const auto samples = [&] {
    long long count = 0;
    std::ifstream(script + ".samples") >> count;
    return count;
  };
  std::ofstream(script + ".next") << state << "\n";
  std::rename((script + ".next").c_str(), (script + ".state").c_str());
  const long long before = samples();
  const auto enough = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (samples() < before + 3 && std::chrono::steady_clock::now() < enough)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

/// The state of this process: the first line of a file "states" in its folder, which is taken away; or the
/// usual.
int planned_state(const std::string& program, int usual) {
  const std::string path = program.substr(0, program.rfind('/') + 1) + "states";
  std::ifstream file(path);
  int state = usual;
  if (!(file >> state)) return usual;
  std::string rest((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  file.close();
  std::ofstream(path) << rest;
  return state;
}

}  // namespace

int main(int argc, char** argv) {
  // Where the link led that it may have been started by.
  const std::string name = std::filesystem::read_symlink("/proc/self/exe");
  if (name.ends_with("gpu_reference")) {
    std::puts(
        R"({"stream/cold": 1.0000e-3, "compute/cold": 1.0001e-3, "resident/cold": 9e-6, "resident/warm": 5e-6})");
    return 0;
  }
  if (name.ends_with("gpu_speeds_slower")) seconds_of_call *= 1.1;
  tell_fake_nvml(planned_state(argv[0], name.ends_with("gpu_speeds_leaky") ? 2 : 1));
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  for (const char* kernel : {"stream/cold", "compute/cold"})
    benchmark::RegisterBenchmark(kernel, pretended)->UseManualTime();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
