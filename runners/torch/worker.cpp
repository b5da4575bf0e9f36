#include "runners/torch/worker.h"

#include <cstdlib>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

fs::path worker_program() {
  const fs::path self = fs::read_symlink("/proc/self/exe");
  const fs::path program = self.parent_path() / "modelgate-torch-worker";
  if (!fs::is_regular_file(program))
    throw infrastructure_error(program.string(), "the program is missing",
                               "It is built with modelgate-run-torch and belongs beside it.");
  return program;
}

std::string code_of(const ProcessOutcome& outcome) {
  if (outcome.ending == Ending::exited) return "failed";
  return outcome.ending == Ending::signalled ? "crashed" : name_of(outcome.ending);
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of("\r\n");
  if (end == std::string::npos) return "";
  const std::size_t before = text.find_last_of('\n', end);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  constexpr std::size_t most_bytes = 300;
  return text.substr(begin, std::min(end + 1 - begin, most_bytes));
}

/// Libraries read their thread counts at start, before the worker can set them; what the person says goes
/// first.
std::map<std::string, std::string> environment_of(const TorchOptions& options, const Work& work,
                                                  std::size_t padding_bytes) {
  std::map<std::string, std::string> environment = options.runner.environment_map();
  for (const char* name : {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"})
    environment.emplace(name, std::to_string(work.threads));
  environment.emplace("CUBLAS_WORKSPACE_CONFIG", ":4096:8");  // cuBLAS is deterministic only with this
  if (const char* driver = std::getenv("MODELGATE_LIBCUDA")) environment.emplace("MODELGATE_LIBCUDA", driver);
  environment["MODELGATE_PADDING"] = std::string(padding_bytes, '.');
  return environment;
}

std::vector<std::string> command(const TorchOptions& options, const Work& work) {
  std::vector<std::string> argv = {worker_program().string(), work.name};
  argv.insert(argv.end(), work.arguments.begin(), work.arguments.end());
  const auto add = [&](const std::string& option, const std::string& value) {
    argv.push_back("--" + option + "=" + value);
  };
  if (!work.model.empty()) add("model", work.model.string());
  if (!work.data.empty()) add("data", work.data.string());
  for (const std::string& name : work.inputs) add("inputs", name);
  add("device", options.device);
  if (!work.dtype.empty()) add("dtype", work.dtype);
  add("threads", std::to_string(work.threads));
  add("seed", std::to_string(options.seed));
  add("report", work.report.string());
  return argv;
}

}  // namespace

WorkerRun run_worker(const TorchOptions& options, const Work& work, std::size_t padding_bytes) {
  std::error_code ignored;
  fs::remove(work.report, ignored);
  ProcessSpec spec;
  spec.argv = command(options, work);
  spec.environment = environment_of(options, work, padding_bytes);
  spec.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(options.runner.timeout_seconds * 1000));
  spec.memory_limit_bytes = options.runner.memory_limit_mib << 20;
  spec.cpu_seconds_limit = options.runner.cpu_limit_seconds;
  WorkerRun run;
  run.outcome = run_process(spec);
  const bool told = run.outcome.ending == Ending::exited && fs::exists(work.report);
  if (told) run.report = read_report(work.report);
  fs::remove(work.report, ignored);
  // A report counts as a success only with an exit that says the same.
  if (!run.report.problem && !(told && run.outcome.succeeded())) {
    const std::string words = last_line(run.outcome.err.text);
    run.report.problem = Problem{code_of(run.outcome), "the model's process " + run.outcome.sentence() +
                                                           (words.empty() ? "" : ": " + words)};
  }
  return run;
}

}  // namespace modelgate
