#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "gates/quality/partial/packed_bytes.h"
#include "gates/quality/partial/sides.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// Which of how many parts, from 1 on.
struct PartNumber {
  std::int64_t part = 1, parts = 1;

  bool operator==(const PartNumber&) const = default;
};

/// The options under which something is judged, by name and value: a part of a test set belongs to others
/// that are judged alike.
using GivenOptions = std::vector<std::pair<std::string, std::string>>;

/// What stands before the rows of a partial state.
struct PartialHead {
  std::string gate_version;
  PartNumber number;
  GivenOptions options;
  bool has_baseline = false;
  /// What is known besides the rows: subjects, environment, warnings, and errors of measuring.
  Verdict verdict;
};

/// Writes the rows of both sides, of which the files are read again for their ids. Errors: those of
/// write_file() and visit_places(); kind usage for rows with looks, which know no parts; kind infrastructure
/// where a side has no rows.
void write_partial(const std::filesystem::path& path, const PartialHead& head, const Sides& sides);

/// Reads the head; what comes next are the ids and places of the baseline, if it has one, and the candidate,
/// then the digest of the test set (or "") and the columns of both.
PartialHead read_head(PackedReader& reader);

}  // namespace modelgate
