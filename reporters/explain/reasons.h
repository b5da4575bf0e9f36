#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modelgate {

/// Which command is the next step, where the verdict is of a plan.
enum class NextStep {
  none,
  run_again,   ///< The gate alone, once something was changed.
  more_data,   ///< The gate alone, with a larger budget.
  calibrate,   ///< How noisy is what is measured?
  read_logs,   ///< What the programs said while they measured.
  see_doctor,  ///< What is missing on this machine?
};

/// What a reason code means to somebody who knows no statistics, and what to do about it.
struct ReasonText {
  std::string_view code;
  std::string_view meaning;  ///< Whole sentences.
  std::string_view advice;   ///< Whole sentences; empty where there is nothing to do.
  NextStep next = NextStep::none;
};

/// nullptr for a code of somebody else's gate or runner.
const ReasonText* reason_text(std::string_view code);

/// All codes that have a text, those of schemas/README.md.
std::vector<std::string> explained_reasons();

// The parts of the table. Internal to reporters/explain.
std::span<const ReasonText> reasons_of_decisions();
std::span<const ReasonText> reasons_of_tests();
std::span<const ReasonText> reasons_of_data();
std::span<const ReasonText> reasons_of_runs();

}  // namespace modelgate
