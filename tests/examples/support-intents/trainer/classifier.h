#pragma once

#include <torch/torch.h>

#include <filesystem>

namespace intents {

/// The parameters of the model: the mean of an utterance's feature vectors, and a linear layer.
struct Classifier {
  torch::Tensor embedding;     ///< [buckets, dimensions]; row 0, padding, is zero.
  torch::Tensor weight, bias;  ///< [classes, dimensions], [classes]

  /// tokens [rows, length], 0 where there is none → logits [rows, classes].
  torch::Tensor logits(const torch::Tensor& tokens) const;
};

struct Training {
  std::int64_t buckets = 0, dimensions = 32, classes = 0;
  std::int64_t epochs = 4, batch = 128;
  double learning_rate = 0.01;
  std::int64_t seed = 2;
};

/// Cross-entropy by Adam. The same on every run of one machine: one thread, seeded.
Classifier fit(const torch::Tensor& tokens, const torch::Tensor& labels, const Training& training);

/// What is wrong with a model that is written; `none` but for the example's planted candidates.
enum class Plant {
  none,
  drift,  ///< Logits are 0.4 % too large: no answer changes, every number does.
  nan     ///< The mean over no features is 0/0: NaN for an utterance without words.
};

/// Writes TorchScript: forward(tokens) → logits.
void save_torchscript(const Classifier& classifier, const std::filesystem::path& path, Plant plant);
Classifier load_torchscript(const std::filesystem::path& path);

}  // namespace intents
