#pragma once

#include <string>

#include "schemas/documents/calibration.h"

namespace modelgate {

/// The calibration as a table for people: a line for each check, advice below it, the whole in a sentence.
std::string table_of(const Calibration& calibration);

}  // namespace modelgate
