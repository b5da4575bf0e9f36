#pragma once

#include "gates/quality/needs.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// Puts the numbers of a comparison, its reason, sentence and needs into a check whose status is decided.
void word(Check& check, const Difference& result, double margin, const QualityRule& rule,
          const std::string& units);

/// The same for the rows that the candidate loses, of which `kept` tells those that it does not.
void word_maximum(Check& check, const Level& kept, double maximum, const QualityRule& rule,
                  const std::string& units);

/// The same for the candidate's value against a minimum.
void word(Check& check, const Level& result, double minimum, const QualityRule& rule,
          const std::string& units);

/// The check as an error or as one that cannot be decided.
Check without_decision(Check check, Status status, const std::string& reason, const std::string& sentence,
                       const std::string& needs);

/// Adds an error that is of no metric.
void add_error(Verdict& verdict, const std::string& name, const std::string& reason,
               const std::string& sentence, const std::string& needs);

}  // namespace modelgate
