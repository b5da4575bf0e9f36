#pragma once

#include "gates/quality/needs.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// Puts the numbers of a comparison, its reason, sentence and needs into a check whose status is decided. A
/// negative margin (result.tolerated) is a gain that must be proven.
void word(Check& check, const Difference& result, const Change& margin, const QualityRule& rule,
          const std::string& units, const Presentation& told);

/// The same for the candidate's value against a limit.
void word(Check& check, const Level& result, double limit, const QualityRule& rule, const std::string& units,
          const Presentation& told);

/// What is demanded of a check, whether or not it can be decided.
void put_margin(Check& check, const Change& margin, const Presentation& told);
void put_limit(Check& check, double limit, const Presentation& told);

/// The check as an error or as one that cannot be decided.
Check without_decision(Check check, Status status, const std::string& reason, const std::string& sentence,
                       const std::string& needs);

/// Adds an error that is of no metric.
void add_error(Verdict& verdict, const std::string& name, const std::string& reason,
               const std::string& sentence, const std::string& needs);

}  // namespace modelgate
