#pragma once

#include <cstddef>
#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

struct CodequalityStyle {
  std::string root = ".";               ///< Files are told relative to this folder.
  std::string plan = "modelgate.yaml";  ///< Where a check stands that names no file in it.
  std::size_t most_findings = 1000;     ///< The last one counts those beyond.
};

/// What failed or erred as GitLab's Code Quality report, a JSON array of findings: description, check_name,
/// fingerprint (the same for the same check in every pipeline, by which GitLab tells new findings from known
/// ones), severity (a failure is a "blocker", an error "critical"), location. A document whose status and
/// checks contradict each other is a finding.
std::string codequality_json(const Verdict& verdict, const CodequalityStyle& style);

}  // namespace modelgate
