// Trains the intent classifier, and makes the faulty models that the example plants.

#include <algorithm>
#include <cstdio>
#include <limits>
#include <set>

#include "schemas/formats/safetensors.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/tool.h"
#include "trainer/classifier.h"
#include "trainer/rows.h"

namespace {

using namespace intents;
namespace fs = std::filesystem;

struct FitOptions {
  std::string train, test, output, thin_slice = "lang=";
  std::int64_t rows = std::numeric_limits<std::int64_t>::max(), keep_one_in = 1, buckets = 1 << 14;
  Training training;
};

struct PlantOptions {
  std::string model, output, fault;
};

torch::Tensor tokens_of(const Rows& rows) {
  return torch::tensor(rows.tokens, torch::kInt64).view({rows.count(), rows.length});
}

torch::Tensor indices_of(const std::vector<std::string>& labels, const std::vector<std::string>& classes) {
  std::vector<std::int64_t> indices;
  for (const std::string& label : labels)
    indices.push_back(std::lower_bound(classes.begin(), classes.end(), label) - classes.begin());
  return torch::tensor(indices, torch::kInt64);
}

/// What the model answered before it was exported, which the exported one is held against at every release.
void write_golden(const fs::path& path, const torch::Tensor& logits) {
  const auto* bytes = reinterpret_cast<const std::byte*>(logits.data_ptr<float>());
  modelgate::write_safetensors(path,
                               {{"output",
                                 "F32",
                                 {logits.size(0), logits.size(1)},
                                 {bytes, static_cast<std::size_t>(logits.nbytes())}}},
                               {{"of", "the logits of the test rows, computed by the trainer"}});
}

modelgate::ExitCode run_fit(FitOptions& options) {
  const std::size_t equals = options.thin_slice.find('=');
  if (equals == std::string::npos)
    throw modelgate::usage_error("--thin-slice", "'" + options.thin_slice + "' is no NAME=VALUE");
  const Rows train = thinned(read_rows(options.train), options.rows, options.thin_slice.substr(0, equals),
                             options.thin_slice.substr(equals + 1), options.keep_one_in);
  const Rows test = read_rows(options.test);
  const std::set<std::string> names(train.labels.begin(), train.labels.end());
  const std::vector<std::string> classes(names.begin(), names.end());
  options.training.buckets = options.buckets;
  options.training.classes = static_cast<std::int64_t>(classes.size());
  const Classifier classifier = fit(tokens_of(train), indices_of(train.labels, classes), options.training);

  const torch::Tensor logits = classifier.logits(tokens_of(test)).contiguous();
  const torch::Tensor right = logits.argmax(1) == indices_of(test.labels, classes);
  std::printf("%lld rows trained, %.4f of %lld test rows right\n", static_cast<long long>(train.count()),
              right.to(torch::kFloat64).mean().item<double>(), static_cast<long long>(test.count()));
  std::map<std::string, std::pair<double, double>> by_slice;
  for (std::int64_t i = 0; i < test.count(); ++i)
    for (const auto& [name, value] : test.slices[static_cast<std::size_t>(i)]) {
      auto& [hits, rows] = by_slice[name + "=" + value];
      hits += right[i].item<bool>() ? 1 : 0;
      rows += 1;
    }
  for (const auto& [slice, counts] : by_slice)
    std::printf("  %-28s %.4f of %.0f\n", slice.c_str(), counts.first / counts.second, counts.second);

  const fs::path output = options.output;
  fs::create_directories(output);
  save_torchscript(classifier, output / "model.pt", Plant::none);
  write_golden(output / "golden.safetensors", logits);
  std::string lines;
  for (const std::string& name : classes) lines += name + "\n";
  modelgate::write_file(output / "classes.txt", lines);
  return modelgate::ExitCode::pass;
}

modelgate::ExitCode run_plant(const PlantOptions& options) {
  save_torchscript(load_torchscript(options.model), options.output,
                   options.fault == "nan" ? Plant::nan : Plant::drift);
  return modelgate::ExitCode::pass;
}

}  // namespace

int main(int argc, char** argv) {
  FitOptions fit;
  PlantOptions plant;
  const auto most = std::numeric_limits<std::int64_t>::max();
  return modelgate::run_tool(
      argc, argv,
      {"intents_train", "Trains an intent classifier on featurized utterances.",
       "intents_train fit --train train.jsonl --test test.jsonl --output v1"},
      [&](modelgate::OptionSet& options) {
        auto& fitting =
            options.subcommand("fit", "Writes model.pt, classes.txt and golden.safetensors.",
                               "intents_train fit --train train.jsonl --test test.jsonl --output v1",
                               [&] { return run_fit(fit); });
        fitting.text("train", fit.train, "FILE", "Rows of intents_featurize", modelgate::Need::required);
        fitting.text("test", fit.test, "FILE", "Rows of intents_featurize", modelgate::Need::required);
        fitting.text("output", fit.output, "DIR", "Where the files go", modelgate::Need::required);
        fitting.integer("rows", fit.rows, 1, most, "N", "Learn from the first N rows");
        fitting.text("thin-slice", fit.thin_slice, "NAME=VALUE", "Learn from fewer rows of this slice");
        fitting.integer("keep-one-in", fit.keep_one_in, 1, most, "N", "From one in N of them");
        fitting.integer("epochs", fit.training.epochs, 1, 1000, "N", "Passes over the rows");
        fitting.integer("dimensions", fit.training.dimensions, 1, 4096, "N", "Length of a feature's vector");
        fitting.integer("seed", fit.training.seed, 0, most, "N", "Of all random numbers");
        auto& planting =
            options.subcommand("plant", "Writes a faulty copy of a model.",
                               "intents_train plant --model v1/model.pt --fault drift --output model.pt",
                               [&] { return run_plant(plant); });
        planting.text("model", plant.model, "FILE", "The good model", modelgate::Need::required);
        planting.text("output", plant.output, "FILE", "The faulty one", modelgate::Need::required);
        planting.choice("fault", plant.fault, {"drift", "nan"}, "What is wrong with it");
      });
}
