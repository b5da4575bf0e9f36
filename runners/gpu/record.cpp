#include "runners/gpu/record.h"

#include <cstdio>
#include <cstdlib>

#include "runners/gpu/gpu_watch.h"
#include "runners/gpu/sample_json.h"
#include "runners/process/process.h"
#include "runners/recording/row_writer.h"
#include "schemas/tool/error.h"
#include "schemas/tool/tool.h"

extern char** environ;

namespace modelgate {
namespace {

/// Ours as it stands: the command is the user's own, not something that is measured for a verdict.
std::map<std::string, std::string> whole_environment() {
  std::map<std::string, std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (const std::size_t equals = text.find('='); equals != std::string::npos && equals > 0)
      all[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return all;
}

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

void GpuRecordOptions::declare(OptionSet& options) {
  options.text("gpu", gpu, "UUID|INDEX|auto", "The GPU; the command sees it alone. auto: the first");
  options.text("output", output, "FILE", "Where the samples go, a line of JSON each", Need::required);
  options.number("per-second", per_second, 1, 50, "N", "Samples a second");
  options.positional_list("command", command, "The command, after --");
}

ExitCode record_gpu(const GpuRecordOptions& options) {
  watch_interrupts();
  RowWriter rows(options.output);
  std::string failure;  // of writing, which in the sampler's thread has nobody to catch it
  GpuWatch watch(options.gpu, options.per_second, GpuLimits{}, [&](const GpuSample& sample) {
    if (failure.empty()) try {
        rows.add_line(sample_json(sample, now()));
      } catch (const Error& error) {
        failure = error.what();
      }
  });
  ProcessSpec spec;
  spec.argv = options.command;
  spec.environment = whole_environment();
  spec.environment["CUDA_VISIBLE_DEVICES"] = watch.device().uuid;
  spec.inherit_streams = true;
  watch.begin_turn(0);
  const ProcessOutcome outcome = run_process(std::move(spec));
  const std::vector<Disturbance> disturbances = watch.end_turn({});
  watch.stop();
  if (!failure.empty()) throw infrastructure_error(options.output, "cannot be written: " + failure);
  rows.finish();
  for (const std::string& note : watch.notes()) std::fprintf(stderr, "%s\n", note.c_str());
  for (const Disturbance& each : disturbances)
    std::fprintf(stderr, "%s: %s\n", each.code.c_str(), each.sentence.c_str());
  if (!outcome.succeeded()) throw infrastructure_error(options.command.front(), outcome.sentence());
  return ExitCode::pass;
}

}  // namespace modelgate
