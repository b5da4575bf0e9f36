// Benchmarks that do as they are told: benchmarks --how=WHAT

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

std::string how, file;
bool is_third_process = false;  ///< Of those that count in the file.

/// How many processes have come here, by the file that --file names.
int count_process() {
  int count = 0;
  std::ifstream(file) >> count;
  std::ofstream(file) << ++count;
  return count;
}

void add(benchmark::State& state) {
  long sum = 0;
  for (auto _ : state)
    for (long i = 0; i < state.range(0); ++i) benchmark::DoNotOptimize(sum += i);
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["answer"] = 42;
}

void troubled(benchmark::State& state) {
  if (how == "reports-an-error" || (how == "reports-an-error-once" && is_third_process))
    state.SkipWithError("the model has no weights");
  if (how == "hangs")
    for (;;) ::pause();
  if (how == "waits") {
    std::ofstream{file}.put('.');
    for (;;) ::pause();
  }
  for (auto _ : state) benchmark::DoNotOptimize(how);
}

}  // namespace

int main(int argc, char** argv) {
  bool is_listing = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.starts_with("--how=")) how = word.substr(6);
    if (word.starts_with("--file=")) file = word.substr(7);
    is_listing = is_listing || word == "--benchmark_list_tests=true";
  }
  if (how == "reports-an-error-once" || how == "sometimes" || how == "crashes-in-the-third-process")
    is_third_process = count_process() == 3;
  if (how == "prints-its-environment-size") {
    std::size_t bytes = 0;
    for (char** entry = environ; *entry != nullptr; ++entry) bytes += std::string(*entry).size();
    std::ofstream(file, std::ios::app) << argv[0] << ' ' << bytes << '\n';
  }
  benchmark::RegisterBenchmark("add", add)->Arg(8)->Arg(64);
  if (how == "lists-more" && is_listing) benchmark::RegisterBenchmark("only_listed", troubled);
  if (how == "has-another") benchmark::RegisterBenchmark("another", troubled);
  if (how == "aggregates")
    benchmark::RegisterBenchmark("aggregated", troubled)->Repetitions(2)->ReportAggregatesOnly();
  if (how == "sometimes" && !is_third_process) benchmark::RegisterBenchmark("sometimes", troubled);
  benchmark::RegisterBenchmark("troubled", troubled);
  benchmark::Initialize(&argc, argv);
  if (how == "crashes-in-the-third-process" && is_third_process) std::abort();
  benchmark::RunSpecifiedBenchmarks();
  if (how == "exits-with-three") {
    std::fputs("out of luck\n", stderr);
    return 3;
  }
  return 0;
}
