// The classifier of fastText (Joulin et al. 2016): an utterance is the mean of its features' vectors.

#include "trainer/classifier.h"

#include <torch/script.h>

#include <string>

namespace intents {
namespace {

std::string forward_source(Plant plant) {
  const std::string count = "(tokens != 0).sum(1, True)";
  return "def forward(self, tokens: Tensor) -> Tensor:\n"
         "    summed = torch.embedding(self.embedding, tokens).sum(1)\n"
         "    mean = summed / " +
         (plant == Plant::nan ? count : "torch.clamp(" + count + ", 1)") +
         "\n"
         "    return torch.linear(mean, self.weight, self.bias)\n";
}

}  // namespace

torch::Tensor Classifier::logits(const torch::Tensor& tokens) const {
  const torch::Tensor count = (tokens != 0).sum(1, true).clamp(1);
  return torch::linear(torch::embedding(embedding, tokens).sum(1) / count, weight, bias);
}

Classifier fit(const torch::Tensor& tokens, const torch::Tensor& labels, const Training& training) {
  at::set_num_threads(1);
  torch::manual_seed(static_cast<std::uint64_t>(training.seed));
  Classifier classifier{torch::randn({training.buckets, training.dimensions}) * 0.1,
                        torch::zeros({training.classes, training.dimensions}),
                        torch::zeros({training.classes})};
  classifier.embedding[0].zero_();
  for (torch::Tensor* parameter : {&classifier.embedding, &classifier.weight, &classifier.bias})
    parameter->set_requires_grad(true);
  torch::optim::Adam optimizer({classifier.embedding, classifier.weight, classifier.bias},
                               torch::optim::AdamOptions(training.learning_rate));
  for (std::int64_t epoch = 0; epoch < training.epochs; ++epoch)
    for (const torch::Tensor& rows : torch::randperm(tokens.size(0)).split(training.batch)) {
      optimizer.zero_grad();
      torch::cross_entropy_loss(classifier.logits(tokens.index_select(0, rows)), labels.index_select(0, rows))
          .backward();
      classifier.embedding.mutable_grad()[0].zero_();
      optimizer.step();
    }
  for (torch::Tensor* parameter : {&classifier.embedding, &classifier.weight, &classifier.bias})
    *parameter = parameter->detach();
  return classifier;
}

void save_torchscript(const Classifier& classifier, const std::filesystem::path& path, Plant plant) {
  const double scale = plant == Plant::drift ? 1.004 : 1.0;
  torch::jit::Module module("IntentClassifier");
  module.register_parameter("embedding", classifier.embedding, false);
  module.register_parameter("weight", classifier.weight * scale, false);
  module.register_parameter("bias", classifier.bias * scale, false);
  module.define(forward_source(plant));
  module.eval();
  module.save(path.string());
}

Classifier load_torchscript(const std::filesystem::path& path) {
  const torch::jit::Module module = torch::jit::load(path.string());
  return {module.attr("embedding").toTensor(), module.attr("weight").toTensor(),
          module.attr("bias").toTensor()};
}

}  // namespace intents
