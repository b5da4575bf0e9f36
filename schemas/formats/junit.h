#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// Reads JUnit XML as tools write it (nested suites, one suite or none at the root, GoogleTest's notrun and
/// disabled, Surefire's flakyFailure and rerunFailure). A test is called "classname.name"; of several with
/// one name the worst outcome counts. A pass after a failed attempt keeps the failure in its message.
/// Failures that the report counts and does not show are a Problem of the document. No tests at all is read
/// as such: the gate decides. Errors: kind usage if it is no XML (with line and column) or no JUnit, or
/// nested deeper than 64; kind infrastructure if it cannot be read. Entities other than XML's own are not
/// expanded.
Measurements read_junit(const std::filesystem::path& path);
Measurements junit_from(std::string_view text, const std::string& file);

}  // namespace modelgate
