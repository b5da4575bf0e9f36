#pragma once

#include <stdexcept>
#include <string>

namespace modelgate {

/// The model cannot be measured: the code and sentence of a Problem. Not an Error, because a model that fails
/// is a finding.
class ModelFailure : public std::runtime_error {
 public:
  ModelFailure(std::string code, const std::string& sentence)
      : std::runtime_error(sentence), code_(std::move(code)) {}
  const std::string& code() const { return code_; }

 private:
  std::string code_;
};

}  // namespace modelgate
