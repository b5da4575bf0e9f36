#include "runners/selftest/plant_tensors.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

#include "runners/plan/settings.h"
#include "runners/selftest/tensor_element.h"
#include "schemas/documents/manifest.h"
#include "schemas/formats/gate_input.h"
#include "schemas/formats/safetensors.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// A tensor whose bytes are its own, to be changed.
struct OwnTensor {
  Tensor tensor;  ///< Its bytes are not set.
  std::vector<std::byte> bytes;
};

using Change = std::function<void(std::vector<OwnTensor>&)>;

/// The middle one of those that are finite; the first if there is none.
std::size_t chosen_element(const OwnTensor& own) {
  const auto count = static_cast<std::size_t>(own.tensor.elements());
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t index = (count / 2 + k) % count;
    if (std::isfinite(element_at(own.tensor.dtype, own.bytes, index))) return index;
  }
  return 0;
}

/// The largest size of those that are finite.
double largest_size(const OwnTensor& own) {
  double largest = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(own.tensor.elements()); ++i)
    if (const double size = std::abs(element_at(own.tensor.dtype, own.bytes, i)); std::isfinite(size))
      largest = std::max(largest, size);
  return largest;
}

/// Another type of the same width, so that the bytes still fit.
std::string other_dtype(const std::string& dtype) {
  switch (dtype_bytes(dtype)) {
    case 8:
      return dtype == "I64" ? "F64" : "I64";
    case 4:
      return dtype == "I32" ? "F32" : "I32";
    case 2:
      return dtype == "I16" ? "F16" : "I16";
    default:
      return dtype == "U8" ? "I8" : "U8";
  }
}

/// The reference: the golden file that the gate's settings name, otherwise the candidate's outputs.
fs::path reference_file(const Specimen& specimen) {
  for (const std::string& argument :
       arguments_of_gate(specimen.gate, specimen.plan, specimen.candidate_folder, ResultsFolder{}))
    if (const std::string option = "--golden="; argument.starts_with(option)) {
      const fs::path golden = argument.substr(option.size());
      return golden.is_absolute() ? golden : specimen.plan.folder / golden;
    }
  const auto& series = std::get<TensorSeries>(specimen.candidate.series.front());
  return data_file(specimen.document, series.path, series.digest);
}

struct TensorPlanter {
  const Specimen& specimen;
  Laboratory& laboratory;
  Matrix& matrix;
  WholeVerdicts& whole;
  std::shared_ptr<const Safetensors> reference;
  fs::path reference_path;

  void write(const ResultsFolder& results, const Change& change) const {
    std::vector<OwnTensor> owned;
    for (const Tensor& tensor : reference->tensors())
      owned.push_back({tensor, {tensor.bytes.begin(), tensor.bytes.end()}});
    change(owned);
    std::vector<Tensor> tensors;
    for (OwnTensor& own : owned) {
      own.tensor.bytes = own.bytes;
      tensors.push_back(own.tensor);
    }
    const fs::path folder = results.measurements(specimen.gate.from);
    std::error_code failure;
    fs::create_directories(folder, failure);
    write_safetensors(folder / "candidate.safetensors", tensors);
    fs::copy_file(reference_path, folder / "baseline.safetensors", failure);
    if (failure) throw infrastructure_error(folder.string(), "cannot be written: " + failure.message());
    for (Measurements measurements : {specimen.candidate, specimen.baseline}) {
      auto& series = std::get<TensorSeries>(measurements.series.front());
      series.path = name_of(measurements.subject.role) + ".safetensors";
      series.digest = digest_of_file(folder / series.path);
      write_planted(measurements, results, specimen.gate);
    }
  }

  void add(const std::string& name, const Change& change, std::function<void(const Obtained&)> then) const {
    laboratory.add(gate_trial(
        specimen, specimen.gate, name,
        [*this, change](const ResultsFolder& results) { write(results, change); }, std::move(then)));
  }

  void plant(const Verdict& unharmed, Level level, const std::string& words, Expected expected,
             const Change& change) const {
    add(words, change, [=, *this](const Obtained& obtained) {
      if (level == Level::gross && obtained.verdict) whole.harmed[specimen.gate.name] = *obtained.verdict;
      for (const Check& check : unharmed.checks)
        if (is_planted_for(check, words))
          matrix.add({check.gate, check.name, check.slice, level, words, expected}, obtained);
    });
  }

  /// A check of a tensor that has something to be changed.
  bool is_planted_for(const Check& check, const std::string& words) const {
    const Tensor* tensor = reference->find(check.name);
    if (tensor == nullptr || tensor->elements() == 0 || check.status == Status::error) return false;
    return words != "NaN" || is_floating(tensor->dtype);
  }

  void plant_difference(const Verdict& unharmed, Level level) const {
    const auto change = [=](std::vector<OwnTensor>& tensors) {
      for (OwnTensor& own : tensors) {
        const Check* check = find_check(unharmed, own.tensor.name, {});
        if (check == nullptr || own.tensor.elements() == 0) continue;
        const std::size_t index = chosen_element(own);
        const double size = std::abs(element_at(own.tensor.dtype, own.bytes, index));
        const SaidTolerance said = tolerance_in(check->method).value_or(SaidTolerance{});
        const double tolerance = said.absolute + said.relative * size;
        const double distance = level == Level::half    ? tolerance / 2
                                : level == Level::twice ? 2 * tolerance
                                                        : 100 * (1 + largest_size(own));
        move_element(own.tensor.dtype, own.bytes, index, distance,
                     level == Level::half ? Rounding::at_most : Rounding::at_least);
      }
    };
    plant(unharmed, level,
          level == Level::half    ? "one element off by half its tolerance"
          : level == Level::twice ? "one element off by twice its tolerance"
                                  : "one element off by 100 times the largest",
          level == Level::half ? Expected::not_fail : Expected::fail, change);
  }

  void plant_all(const Obtained& obtained) const {
    if (!obtained.verdict) {
      matrix.add({specimen.gate.name, "", {}, Level::none, "nothing", Expected::not_fail}, obtained);
      return;
    }
    const Verdict& unharmed = *obtained.verdict;
    whole.unharmed[specimen.gate.name] = unharmed;
    matrix.count_in_family(unharmed);
    bool says_tolerances = true;
    for (const Check& check : unharmed.checks) {
      if (check.status != Status::not_compared)
        matrix.add({check.gate, check.name, check.slice, Level::none, "nothing", Expected::not_fail},
                   obtained);
      says_tolerances = says_tolerances && (!reference->find(check.name) || tolerance_in(check.method));
    }
    if (says_tolerances)
      for (const Level level : {Level::half, Level::twice}) plant_difference(unharmed, level);
    else
      matrix.note(specimen.gate.name +
                  ": the gate does not say its tolerances, so only gross differences are planted");
    plant_difference(unharmed, Level::gross);
    plant(unharmed, Level::other, "NaN", Expected::fail, [](std::vector<OwnTensor>& tensors) {
      for (OwnTensor& own : tensors)
        if (own.tensor.elements() > 0) make_nan(own.tensor.dtype, own.bytes, chosen_element(own));
    });
    plant(unharmed, Level::other, "missing tensor", Expected::fail,
          [](std::vector<OwnTensor>& tensors) { tensors.clear(); });
    plant(unharmed, Level::other, "another dtype", Expected::fail, [](std::vector<OwnTensor>& tensors) {
      for (OwnTensor& own : tensors) own.tensor.dtype = other_dtype(own.tensor.dtype);
    });
    plant(unharmed, Level::other, "another shape", Expected::fail, [](std::vector<OwnTensor>& tensors) {
      for (OwnTensor& own : tensors) own.tensor.shape.push_back(1);
    });
  }
};

}  // namespace

std::optional<SaidTolerance> tolerance_in(const std::string& method) {
  const std::string before = "≤ ", between = " + ", after = "·|b|";
  const std::size_t begin = method.find(before);
  if (begin == std::string::npos) return std::nullopt;
  const char* const end = method.data() + method.size();
  SaidTolerance said;
  const auto absolute = std::from_chars(method.data() + begin + before.size(), end, said.absolute);
  if (absolute.ec != std::errc() || std::string_view(absolute.ptr, end).substr(0, between.size()) != between)
    return std::nullopt;
  const auto relative = std::from_chars(absolute.ptr + between.size(), end, said.relative);
  if (relative.ec != std::errc() || std::string_view(relative.ptr, end).substr(0, after.size()) != after)
    return std::nullopt;
  return said;
}

void plant_tensors(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole) {
  const fs::path file = reference_file(specimen);
  const TensorPlanter planter{specimen, laboratory, matrix, whole, std::make_shared<const Safetensors>(file),
                              file};
  planter.add(
      "none", [](std::vector<OwnTensor>&) {},
      [planter](const Obtained& obtained) { planter.plant_all(obtained); });
}

}  // namespace modelgate
