#include "runners/plan/schema.h"

#include <vector>

#include "schemas/json/schema_texts.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {

void SchemaOptions::declare(OptionSet& options) {
  options.positional("name", name,
                     "plan, measurements, verdict, calibration, baseline-manifest or baseline-green");
  std::vector<std::string> names;
  for (const auto& entry : schema_texts()) names.push_back(entry.first);
  options.offer("name", names);
}

ExitCode print_schema(const SchemaOptions& options) {
  write_stdout(schema_named(options.name));
  return ExitCode::pass;
}

std::string schema_named(const std::string& name) {
  const auto found = schema_texts().find(name);
  if (found != schema_texts().end()) return found->second;
  std::vector<std::string> names;
  for (const auto& entry : schema_texts()) names.push_back(entry.first);
  const std::string near = did_you_mean(name, names);
  throw usage_error("", "there is no schema '" + name + "'",
                    near.empty() ? "There are " + listing(names) + "." : near);
}

}  // namespace modelgate
