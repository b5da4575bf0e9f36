#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runners/gpu/gpu_watch.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// The options of runners whose programs may compute on a GPU.
struct GpuOptions {
  std::string gpu;  ///< UUID, index, "auto" or "none"; empty: what the runner thinks fit.
  std::string clock_fall = "5%";
  std::vector<std::string> allow;  ///< Names of clock reasons.

  void declare(OptionSet& options);

  /// The watch on the device that is asked for; none if none is. `fitting` is what the runner thinks fit
  /// where nothing is asked for: "none", or as `gpu`. Errors: as of GpuWatch; kind usage for options that
  /// make no sense.
  std::unique_ptr<GpuWatch> watch(const std::string& fitting) const;
  /// Whether anything was given.
  bool are_given() const { return !gpu.empty() || !allow.empty(); }
};

/// Lets programs see the watched device alone, unless the person says in `environment` what they are to see.
void show_only(const GpuWatch* watch, std::map<std::string, std::string>& environment);

}  // namespace modelgate
