#include "gates/regression/regression.h"

#include <fmt/format.h>

#include <cmath>

#include "gates/regression/tensor_comparison.h"

namespace modelgate {
namespace {

std::string shape_text(const Tensor& tensor) {
  return fmt::format("{} [{}]", tensor.dtype, fmt::join(tensor.shape, ", "));
}

/// "[17, 3]" of a row-major index.
std::string place_text(const Tensor& tensor, std::int64_t index) {
  std::vector<std::int64_t> place(tensor.shape.size());
  for (std::size_t i = tensor.shape.size(); i-- > 0;) {
    place[i] = index % tensor.shape[i];
    index /= tensor.shape[i];
  }
  return fmt::format("[{}]", fmt::join(place, ", "));
}

/// 1,203: a count that a person can read.
std::string grouped(std::int64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

/// "3 of 6 elements differ", "1 of 6 elements differs"
std::string of_elements(std::int64_t count, const TensorComparison& found, const char* one_does,
                        const char* many_do) {
  return fmt::format("{} of {} {} {}", grouped(count), grouped(found.elements),
                     found.elements == 1 ? "element" : "elements", count == 1 ? one_does : many_do);
}

bool is_equality(const Tolerance& tolerance) { return tolerance.relative == 0 && tolerance.absolute == 0; }

std::string tolerance_text(const Tolerance& tolerance) {
  return fmt::format("rtol {:.2g}, atol {:.2g}", tolerance.relative, tolerance.absolute);
}

std::string worst_text(const Tensor& tensor, const ElementDifference& worst) {
  std::string text =
      fmt::format("worst at {}: {:.9g} → {:.9g} (absolute {:.2g}", place_text(tensor, worst.index),
                  worst.golden, worst.candidate, worst.absolute);
  if (std::isfinite(worst.relative)) text += fmt::format(", relative {:.2g}", worst.relative);
  if (worst.ulp)
    text += fmt::format(", {} ULP",
                        grouped(static_cast<std::int64_t>(std::min<std::uint64_t>(*worst.ulp, INT64_MAX))));
  return text + ")";
}

void decide_from(const TensorComparison& found, const Tolerance& tolerance, const Tensor& golden,
                 Check& check) {
  const std::string& name = golden.name;
  if (found.elements == 0) {
    check.status = Status::error;
    check.reason = "nothing_compared";
    check.sentence = name + ": the tensor has no elements, so nothing was compared";
    check.needs = "a golden tensor with elements";
    return;
  }
  if (found.within_tolerance()) {
    check.status = Status::pass;
    check.reason = "within_tolerance";
    check.sentence = fmt::format("{}: all {} elements are {}", name, grouped(found.elements),
                                 is_equality(tolerance) ? "equal" : "within " + tolerance_text(tolerance));
    if (found.worst && found.worst->absolute > 0) check.sentence += "; " + worst_text(golden, *found.worst);
    return;
  }
  check.status = Status::fail;
  if (found.not_finite > 0) {
    check.reason = "not_finite";
    check.sentence = fmt::format("{}: {} NaN or infinite where the golden value is finite, the first at {}",
                                 name, of_elements(found.not_finite, found, "is", "are"),
                                 place_text(golden, found.first_not_finite->index));
  } else if (found.misplaced > 0) {
    check.reason = "not_finite_misplaced";
    check.sentence = fmt::format("{}: {} where the golden value is NaN or infinite", name,
                                 of_elements(found.misplaced, found, "differs", "differ"));
  } else {
    check.reason = "beyond_tolerance";
    check.sentence = fmt::format("{}: {}{}; {}", name, of_elements(found.beyond, found, "differs", "differ"),
                                 is_equality(tolerance) ? "" : " beyond " + tolerance_text(tolerance),
                                 worst_text(golden, *found.worst));
  }
}

Check judge_tensor(const Tensor& golden, const Tensor* candidate, const RegressionDemands& demands,
                   const std::string& gate) {
  Check check;
  check.gate = gate;
  check.name = golden.name;
  if (candidate == nullptr) {
    check.status = Status::fail;
    check.reason = "tensor_missing";
    check.sentence = golden.name + ": the candidate has no such tensor";
    return check;
  }
  if (golden.dtype != candidate->dtype || golden.shape != candidate->shape) {
    check.status = Status::fail;
    check.reason = golden.dtype != candidate->dtype ? "dtype_differs" : "shape_differs";
    check.sentence =
        golden.name + ": golden is " + shape_text(golden) + ", the candidate " + shape_text(*candidate);
    return check;
  }
  Tolerance tolerance = *default_tolerance(golden.dtype);
  if (demands.relative_tolerance) tolerance.relative = *demands.relative_tolerance;
  if (demands.absolute_tolerance) tolerance.absolute = *demands.absolute_tolerance;
  const TensorComparison found = compare_tensors(golden.dtype, golden.bytes, candidate->bytes, tolerance);
  check.method =
      fmt::format("|a − b| ≤ {:g} + {:g}·|b| for each element", tolerance.absolute, tolerance.relative);
  check.n["elements"] = found.elements;
  check.n["beyond"] = found.beyond + found.not_finite + found.misplaced;
  if (found.worst) {
    check.baseline = found.worst->golden;
    check.candidate = found.worst->candidate;
  }
  if (found.golden_not_finite > 0)
    check.warnings.push_back(of_elements(found.golden_not_finite, found, "is", "are") +
                             " NaN or infinite in the golden tensor");
  decide_from(found, tolerance, golden, check);
  return check;
}

}  // namespace

std::vector<Check> judge_tensors(const Safetensors& golden, const Safetensors& candidate,
                                 const RegressionDemands& demands, const std::string& gate) {
  std::vector<Check> checks;
  for (const Tensor& tensor : golden.tensors())
    checks.push_back(judge_tensor(tensor, candidate.find(tensor.name), demands, gate));
  for (const Tensor& tensor : candidate.tensors()) {
    if (golden.find(tensor.name) != nullptr) continue;
    Check check;
    check.gate = gate;
    check.name = tensor.name;
    check.status = Status::not_compared;
    check.reason = "new_tensor";
    check.sentence = tensor.name + ": is new, and golden has none to compare with";
    checks.push_back(check);
  }
  if (golden.tensors().empty()) {
    Check check;
    check.gate = gate;
    check.name = "tensors";
    check.reason = "nothing_compared";
    check.sentence = "the golden file holds no tensors, so nothing was compared";
    check.needs = "a golden file with tensors";
    checks.push_back(check);
  }
  return checks;
}

}  // namespace modelgate
