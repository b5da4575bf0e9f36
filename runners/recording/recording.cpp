#include "runners/recording/recording.h"

#include <cstdio>

#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/tool.h"

namespace modelgate {

Measurements new_measurements(const std::string& runner, const Subject& subject) {
  Measurements measurements;
  measurements.runner = runner;
  measurements.runner_version = product_version();
  measurements.created = utc_now();
  measurements.subject = subject;
  measurements.environment = environment_fingerprint();
  return measurements;
}

void remove_old_measurements(const std::filesystem::path& output) {
  for (const Role role : {Role::candidate, Role::baseline}) {
    const std::filesystem::path document = output / (name_of(role) + ".json");
    std::error_code failure;
    std::filesystem::remove(document, failure);
    if (failure)
      throw infrastructure_error(document.string(),
                                 "is of an earlier run and cannot be removed: " + failure.message());
  }
}

bool say_problems(const Measurements& measurements) {
  for (const Problem& problem : measurements.problems)
    std::fprintf(stderr, "modelgate-run-%s: %s: %s\n", printable(measurements.runner).c_str(),
                 name_of(measurements.subject.role).c_str(), printable(problem.sentence).c_str());
  return !measurements.problems.empty();
}

void write_measurements(const Measurements& measurements, const std::filesystem::path& output) {
  write_file(output / (name_of(measurements.subject.role) + ".json"), to_json(measurements));
}

}  // namespace modelgate
