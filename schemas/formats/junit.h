#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// Reads JUnit XML as tools write it (nested suites, one suite or none at the root, GoogleTest's notrun and
/// disabled). A test is called "classname.name", or "suite.name"
/// where it has no class; of several with one name the worst outcome counts. A status that is not known is
/// no pass. Surefire's flakyFailure, flakyError, rerunFailure and rerunError become attempts. Failures that
/// the report counts and does not show are a Problem of the document. No tests at all is read as such: the
/// gate decides. Errors: kind usage if it is no XML (with line and column) or no JUnit, has suites nested
/// deeper than 64, or is larger than 64 MiB; kind infrastructure if it cannot be read. Entities other than
/// XML's own are not expanded.
Measurements read_junit(const std::filesystem::path& path);
Measurements junit_from(std::string_view text, const std::string& file);

}  // namespace modelgate
