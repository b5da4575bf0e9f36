#include "runners/gpu/list.h"
#include "runners/gpu/record.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  modelgate::GpuListOptions list;
  modelgate::GpuRecordOptions record;
  return modelgate::run_tool(
      argc, argv,
      {"modelgate-run-gpu",
       "Shows the GPUs of this machine, and records what one is like while a command runs.",
       "modelgate-run-gpu watch --output gpu.jsonl -- python3 bench.py"},
      [&](modelgate::OptionSet& options) {
        list.declare(options.subcommand("list", "The GPUs and how they are", "modelgate-run-gpu list",
                                        [&] { return modelgate::list_gpus(list); }));
        record.declare(options.subcommand("watch", "Records a GPU while a command runs",
                                          "modelgate-run-gpu watch --output gpu.jsonl -- python3 bench.py",
                                          [&] { return modelgate::record_gpu(record); }));
      });
}
