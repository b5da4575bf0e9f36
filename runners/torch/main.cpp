#include "runners/torch/torch_run.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  modelgate::TorchOptions torch;
  return modelgate::run_tool(
      argc, argv,
      {"modelgate-run-torch", "Measures a TorchScript model: its answers, raw outputs and speed.",
       "modelgate-run-torch --candidate out/new --baseline out/old --output measured --model "
       "'{subject}/model.pt' "
       "--data rows.jsonl"},
      [&](modelgate::OptionSet& options) { torch.declare(options); },
      [&] { return modelgate::run_torch(torch); });
}
