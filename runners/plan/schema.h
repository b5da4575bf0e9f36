#pragma once

#include <string>

namespace modelgate {

/// The JSON Schema of a document, as text; an Error (kind usage, with the names there are) for another name.
std::string schema_named(const std::string& name);

}  // namespace modelgate
