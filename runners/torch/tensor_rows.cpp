#include <algorithm>
#include <cstring>

#include "runners/torch/data_set.h"
#include "schemas/formats/safetensors.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

const std::vector<std::string> dtypes_of_models = {"F64", "F32", "F16", "BF16", "I64",
                                                   "I32", "I16", "I8",  "U8",   "BOOL"};

bool is_label(const Tensor& tensor) {
  return (tensor.name == "label" || tensor.name == "labels") && tensor.dtype == "I64" &&
         tensor.shape.size() == 1;
}

void expect_input(const Tensor& tensor, const std::string& where) {
  if (std::find(dtypes_of_models.begin(), dtypes_of_models.end(), tensor.dtype) == dtypes_of_models.end())
    throw usage_error(where, "'" + tensor.name + "' is " + tensor.dtype + ", which models do not take",
                      "They take " + listing(dtypes_of_models) + ".");
  if (tensor.shape.empty())
    throw usage_error(where, "'" + tensor.name + "' has no dimensions, and its first should be the row");
}

}  // namespace

DataSet read_tensor_rows(const std::filesystem::path& path, const DataDemands& demands) {
  const Safetensors file(path);
  const std::string where = path.string();
  DataSet data;
  data.tensors = path;
  data.inputs = demands.inputs;
  const Tensor* labels = nullptr;
  std::vector<std::string> names;
  for (const Tensor& tensor : file.tensors()) {
    names.push_back(tensor.name);
    const bool asked =
        std::find(demands.inputs.begin(), demands.inputs.end(), tensor.name) != demands.inputs.end();
    if (is_label(tensor) && !asked)
      labels = &tensor;
    else if (demands.inputs.empty())
      data.inputs.push_back(tensor.name);
  }
  if (data.inputs.empty()) throw usage_error(where, "holds no inputs");
  for (const std::string& name : data.inputs) {
    const Tensor* tensor = file.find(name);
    if (tensor == nullptr)
      throw usage_error(where, "has no tensor '" + name + "'", did_you_mean(name, names));
    expect_input(*tensor, where);
    if (&name == &data.inputs.front()) data.runnable = tensor->shape[0];
    if (tensor->shape[0] != data.runnable)
      throw usage_error(where, "'" + name + "' has " + std::to_string(tensor->shape[0]) + " rows, and '" +
                                   data.inputs.front() + "' has " + std::to_string(data.runnable));
  }
  if (data.runnable == 0) throw usage_error(where, "has no rows");
  if (labels != nullptr && labels->shape[0] != data.runnable)
    throw usage_error(where, "has " + std::to_string(labels->shape[0]) + " labels for " +
                                 std::to_string(data.runnable) + " rows");
  data.rows.resize(static_cast<std::size_t>(data.runnable));
  for (std::size_t i = 0; i < data.rows.size(); ++i) {
    data.rows[i].id_json = std::to_string(i);
    if (labels == nullptr) continue;
    std::int64_t label = 0;
    std::memcpy(&label, labels->bytes.data() + i * sizeof label, sizeof label);
    if (label < 0) throw usage_error(where, "the label of row " + std::to_string(i) + " is negative");
    data.rows[i].label_index = label;
  }
  return data;
}

void expect_length(const DataSet& data, const std::string& where) {
  const Safetensors file(data.tensors);
  const Tensor* first = nullptr;
  for (const std::string& name : data.inputs) {
    const Tensor* tensor = file.find(name);
    if (tensor == nullptr || tensor->shape.size() < 2) continue;
    if (first == nullptr) first = tensor;
    if (tensor->shape[1] != first->shape[1])
      throw usage_error("--lengths",
                        "means the second dimension of the inputs, in which '" + first->name + "' has " +
                            std::to_string(first->shape[1]) + " entries and '" + name + "' " +
                            std::to_string(tensor->shape[1]),
                        "Say by --shapes which dimension of which input is the length.");
  }
  if (first == nullptr || first->shape[1] == 0)
    throw usage_error("--lengths", "no input of " + where + " has a second dimension",
                      "Say by --shapes which dimension of which input is the length.");
}

DataSet read_data(const std::filesystem::path& path, const DataDemands& demands,
                  const std::filesystem::path& tensors) {
  return path.extension() == ".safetensors" ? read_tensor_rows(path, demands)
                                            : read_json_rows(path, demands, tensors);
}

}  // namespace modelgate
