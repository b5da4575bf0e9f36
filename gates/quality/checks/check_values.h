#pragma once

#include <functional>
#include <string>

#include "gates/quality/checks/check_text.h"

namespace modelgate {

/// Refuses a value of a check, with what is wrong and a hint.
using RefuseValue = std::function<void(const std::string& what, const std::string& hint)>;

// The values of conditions, as the metric's scale has them. `refuse` throws.

/// margin=1pp, margin=0.02, margin=5%; gain likewise.
Change change_of(const std::string& key, const std::string& value, const CheckText& check,
                 const RefuseValue& refuse);

/// min=0.9, max=2%, max=12.5
double limit_of(const std::string& key, const std::string& value, const CheckText& check,
                const RefuseValue& refuse);

/// Takes one of the metric's settings: at=0.9, bins=20, normalise=trim+casefold, …
void take_setting(const std::string& key, const std::string& value, CheckText& check,
                  const RefuseValue& refuse);

}  // namespace modelgate
