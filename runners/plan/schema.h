#pragma once

#include <string>

#include "schemas/tool/exit_code.h"
#include "schemas/tool/options.h"

namespace modelgate {

/// `modelgate schema`, as typed.
struct SchemaOptions {
  std::string name;

  void declare(OptionSet& options);
};

/// The JSON Schema of a document, as text; an Error (kind usage, with the names there are) for another name.
std::string schema_named(const std::string& name);

/// Prints it.
ExitCode print_schema(const SchemaOptions& options);

}  // namespace modelgate
