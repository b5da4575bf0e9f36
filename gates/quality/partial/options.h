#pragma once

#include <string>
#include <vector>

#include "gates/decision/decision.h"
#include "gates/quality/partial/partial_state.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// Whether a part of a test set is only kept, or parts are judged together.
struct PartialOptions {
  std::string partial, part;
  std::vector<std::string> merge, classes;

  void declare(OptionSet& options);
  /// Errors: kind usage for a part that is none, and for options that do not go together.
  void check(const GateOptions& gate) const;
  PartNumber number() const;
  bool concerns_parts() const { return !partial.empty() || !merge.empty(); }
  /// The classes, for a check that asks for the scores of all of them. Errors: kind usage where none are
  /// named.
  const std::vector<std::string>& all_classes() const;
  /// What parts have to have in common: everything that was given, but for files of rows and of output.
  GivenOptions given() const;

 private:
  const OptionSet* options_ = nullptr;
};

/// Says on stderr what was kept.
void tell_of_partial(const PartialOptions& options, const Sides& sides);

}  // namespace modelgate
