#pragma once

#include <string>

#include "schemas/documents/node.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/printable.h"

namespace modelgate {

/// A day of the calendar as a part of documents: "2026-12-31". Internal to schemas/documents.
inline std::string day_from(const Node& node) {
  const std::string day = node.text();
  if (!is_day(day)) node.refuse("'" + beginning(day) + "' is not a day", "Write it like 2026-12-31.");
  return day;
}

}  // namespace modelgate
