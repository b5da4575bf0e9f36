#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gates/quality/quality.h"
#include "gates/quality/rules/measure.h"

namespace modelgate {

/// What one check is judged by.
struct Part {
  const CheckText* text = nullptr;
  Measure measure;
  std::map<std::string, std::string> slice;
  std::shared_ptr<const RowSample> rows;  ///< May be that of other parts, too.
};

/// The checks of one part: the comparison with the baseline (of a first release not_compared) and the limit,
/// as far as the text asks for them. `verdict` brings the gate's name and the error rates.
std::vector<Check> judge(const Part& part, const Answers& answers, const QualityDemands& demands,
                         const Verdict& verdict);

}  // namespace modelgate
