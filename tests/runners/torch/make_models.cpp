// Writes the small TorchScript models that the tests measure: make_torch_models FOLDER
#include <torch/script.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace {

/// A layer of 2 inputs and 3 outputs whose numbers are easy to follow: (x0, x1, x0 - x1).
void add_layer(torch::jit::Module& module) {
  module.register_parameter("weight", torch::tensor({1.f, 0.f, 0.f, 1.f, 1.f, -1.f}).view({3, 2}), false);
  // A whole-number buffer must stay one when the model is converted: it is used as an index.
  module.register_buffer("steps", torch::tensor({7}));
}

struct Sample {
  const char* name;
  const char* code;
};

constexpr Sample samples[] = {
    {"linear", "def forward(self, input):\n  return torch.matmul(input, self.weight.t())\n"},
    {"softmax",
     "def forward(self, input):\n  return torch.softmax(torch.matmul(input, self.weight.t()), 1)\n"},
    {"other_numbers", "def forward(self, input):\n  return torch.matmul(input, self.weight.t()) + 0.25\n"},
    {"one_score", "def forward(self, input):\n  return torch.matmul(input, self.weight.t())[:, 0]\n"},
    {"class_index",
     "def forward(self, input):\n  return torch.argmax(torch.matmul(input, self.weight.t()), 1)\n"},
    {"two_inputs", "def forward(self, left, right):\n  return left - 2 * right\n"},
    {"token_ids", "def forward(self, ids):\n  return self.weight[ids + self.steps - 7]\n"},
    {"tuple", "def forward(self, input):\n  return (torch.matmul(input, self.weight.t()), input.sum(1))\n"},
    {"dictionary",
     "def forward(self, input):\n  return {\"embedding\": input, \"logits\": torch.matmul(input, "
     "self.weight.t())}\n"},
    // A row whose first number is negative has no logarithm.
    {"not_a_number",
     "def forward(self, input):\n  return torch.matmul(input, self.weight.t()) + torch.log(input[:, :1])\n"},
    {"text", "def forward(self, input):\n  return \"refund\"\n"},
    {"transposed", "def forward(self, input):\n  return input.t()\n"},
    {"of_batch", "def forward(self, input):\n  return input.mean()\n"},
    {"throwing",
     "def forward(self, input):\n  assert bool(input.sum() > 1e30), \"the vocabulary is missing\"\n  return "
     "input\n"},
    {"endless",
     "def forward(self, input):\n  while bool(input.sum() < 1e30):\n    input = input * 1\n  return input\n"},
    {"hungry",
     "def forward(self, input):\n  kept = [input]\n  for i in range(4000):\n"
     "    kept.append(torch.ones(1 << 20) + input[0, 0])\n  return kept[0]\n"},
    {"takes_bfloat16",
     "def forward(self, input):\n  assert input.dtype == 15, \"this is no bfloat16\"\n  return input\n"},
    {"tells_its_sum",
     "def forward(self, input):\n  assert input.size(1) == 2, \"sum {} of {}\".format(float(input.sum()), "
     "input.size(1))\n  return input\n"},
    {"random", "def forward(self, input):\n  return input + torch.rand(2)\n"},
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  for (const Sample& sample : samples) {
    torch::jit::Module module(sample.name);
    add_layer(module);
    module.define(sample.code);
    module.save((folder / sample.name).string() + ".pt");
  }
  std::ofstream(folder / "garbage.pt") << "this is no model";
  return 0;
}
