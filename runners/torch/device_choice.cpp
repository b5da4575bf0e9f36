#include "runners/torch/device_choice.h"

#include "runners/torch/numbers_of_options.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {

DeviceChoice device_choice_from(const std::string& text) {
  using Kind = DeviceChoice::Kind;
  if (text == "cpu") return {Kind::cpu, {}, ""};
  if (text == "auto") return {Kind::automatic, {}, ""};
  if (text == "cuda") return {Kind::cuda, {}, ""};
  if (text.starts_with("cuda:")) {
    const std::string which = text.substr(5);
    const std::optional<std::int64_t> number = whole_number(which);
    if (number && *number >= 0 && *number < 1024) return {Kind::cuda, number, ""};
    if (which.starts_with("GPU-") && which.size() > 4) return {Kind::cuda, {}, which};
    throw usage_error(
        "--device", "'" + beginning(text) + "' names no GPU",
        "Write cuda:0 by its number, or cuda:GPU-8f1c… by its UUID, which nvidia-smi -L shows.");
  }
  const std::string near =
      text == "gpu" ? "Did you mean 'cuda'?" : did_you_mean(text, {"cpu", "cuda", "auto"});
  throw usage_error("--device", "'" + beginning(text) + "' is none of cpu, cuda, cuda:N, cuda:GPU-… and auto",
                    near);
}

int number_of_gpu(const DeviceChoice& choice, const CudaDriver& driver) {
  if (!driver.unusable().empty()) throw CudaFailure(driver.unusable());
  const std::vector<Gpu>& gpus = driver.gpus();
  int found = choice.uuid.empty() ? static_cast<int>(choice.number.value_or(0)) : -1;
  for (std::size_t i = 0; i < gpus.size() && !choice.uuid.empty(); ++i)
    if (gpus[i].uuid.starts_with(choice.uuid)) {
      if (found != -1) throw CudaFailure("the UUIDs of several GPUs begin with " + choice.uuid);
      found = static_cast<int>(i);
    }
  if (found >= 0 && found < static_cast<int>(gpus.size())) return found;
  std::string there;
  for (std::size_t i = 0; i < gpus.size(); ++i)
    there += (i == 0 ? "" : ", ") + std::to_string(i) + " " + gpus[i].uuid + " (" + gpus[i].name + ")";
  throw CudaFailure("there is no GPU " + (choice.uuid.empty() ? std::to_string(found) : choice.uuid) +
                    "; the driver shows " + there);
}

}  // namespace modelgate
