#include "runners/torch/worker/model_counts.h"

#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/passes/inliner.h>

namespace modelgate {
namespace {

/// Adds what a block holds, with the blocks inside it.
void count(const torch::jit::Block* block, std::int64_t& operators, std::int64_t& constants) {
  for (const torch::jit::Node* node : block->nodes()) {
    if (!node->kind().is_prim()) ++operators;
    if (node->kind() == c10::prim::Constant && node->hasAttribute(c10::attr::value) &&
        node->kindOf(c10::attr::value) == torch::jit::AttributeKind::t &&
        node->t(c10::attr::value).is_floating_point())
      constants += node->t(c10::attr::value).numel();
    for (const torch::jit::Block* inner : node->blocks()) count(inner, operators, constants);
  }
}

}  // namespace

ModelCounts counts_of(const torch::jit::Module& module) {
  ModelCounts counts;
  for (const at::Tensor& parameter : module.parameters()) counts.parameters += parameter.numel();
  const auto graph = module.get_method("forward").graph()->copy();
  torch::jit::Inline(*graph);
  std::int64_t constants = 0;
  count(graph->block(), counts.operators, constants);
  // A model that was saved frozen has its weights as constants.
  if (counts.parameters == 0) counts.parameters = constants;
  return counts;
}

}  // namespace modelgate
