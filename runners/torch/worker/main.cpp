#include <cstdlib>

#include "runners/torch/worker/worker_options.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  WorkerOptions worker;
  const int code = run_tool(
      argc, argv,
      {"modelgate-torch-worker",
       "Calls a TorchScript model; a part of modelgate-run-torch, which starts it in a process of its own.",
       "modelgate-torch-worker answer --model model.pt --data inputs.safetensors --inputs input --outputs "
       "outputs.safetensors --report report.json"},
      [&](OptionSet& options) {
        worker.declare_answer(options.subcommand(
            "answer", "Calls the model on all rows and writes its outputs.",
            "modelgate-torch-worker answer --model model.pt --data inputs.safetensors --inputs input "
            "--outputs outputs.safetensors --report report.json",
            [&] { return work_on_answers(worker); }));
        worker.declare_time(options.subcommand(
            "time", "Times calls of the model.",
            "modelgate-torch-worker time --model model.pt --data inputs.safetensors --inputs input "
            "--calls 1 --timed 1 --report report.json",
            [&] { return work_on_time(worker); }));
        worker.declare_device(
            options.subcommand("device", "Tells which device a model would be computed on.",
                               "modelgate-torch-worker device --device auto --report report.json",
                               [&] { return work_on_device(worker); }));
      });
  // Without the destructors of 285 libraries: they take 0.1 s, and a crash in them says nothing about the
  // model.
  std::_Exit(code);
}
