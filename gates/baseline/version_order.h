#pragma once

#include <string>
#include <string_view>

namespace modelgate {

/// True if version `a` comes before `b`, by the precedence of Semantic Versioning 2.0.0 (section 11), with or
/// without a leading 'v': v1.9.0 < v1.10.0, v1.0.0-rc.1 < v1.0.0. Beyond it: any number of parts, of which
/// missing ones count as 0; numbers of any length; and versions of equal precedence (v1.0, v1.0.0,
/// v1.0.0+build) are ordered as text, so that the order is total.
bool version_before(std::string_view a, std::string_view b);

}  // namespace modelgate
