#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "schemas/documents/status_code.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// The performance gate's rule for one plan: a margin (as a log-ratio), the looks, and both error rates.
class OurRule {
 public:
  OurRule(double margin, std::vector<std::int64_t> looks);

  double margin() const { return margin_; }
  double alpha_fail() const { return alpha_fail_; }
  const std::vector<std::int64_t>& looks() const { return looks_; }
  std::int64_t most_pairs() const { return looks_.back(); }

  /// What the gate says of a single check, before the correction for many.
  struct Answer {
    Status status = Status::error;
    double p_regression = 1;
  };
  Answer ask(std::span<const double> differences) const;

  /// What a check's rank sum at a look tells without asking: the gate passes it, or leaves it open, provided
  /// that it left it open at all looks before. It never says more than the gate would.
  enum class Screened { passes, open, must_ask };
  Screened screen(std::span<const double> differences, std::size_t look) const;

 private:
  /// What the gate makes of a rank sum without ties at a look: passes up to `passes`, open below `fails`.
  struct Limits {
    long passes = -1, fails = 0;
  };

  double margin_, alpha_pass_ = 0.05, alpha_fail_ = 0.05;
  std::vector<std::int64_t> looks_;
  std::vector<Limits> limits_;
};

}  // namespace modelgate
