#pragma once

#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// "[channel=mail,lang=zh]"; empty for a check of everything.
std::string slice_address(const Check& check);

/// "unit/Suite.Test", "quality/accuracy[lang=zh]": how people and waivers name a check of a verdict.
std::string address_of(const Check& check);

}  // namespace modelgate
