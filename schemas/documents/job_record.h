#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/node.h"
#include "schemas/documents/sampling.h"
#include "schemas/documents/subject.h"

namespace modelgate {

/// Which of several jobs that share a plan's runs.
struct Shard {
  std::int64_t number = 1, of = 1;

  bool operator==(const Shard&) const = default;
};

/// What one of several jobs did of a plan, so that `modelgate merge` knows what may be joined. It is written
/// last: a job without one did not get to its end.
struct JobRecord {
  std::string plan_digest;
  std::string created;  ///< UTC.
  Subject candidate;
  std::string candidate_name;  ///< In the plan's {candidate}; empty where the plan has one candidate.
  std::optional<Subject> baseline;
  bool first_release = false;
  std::vector<std::string> gates;  ///< That were asked for.
  std::vector<std::string> runs;   ///< That were measured here, whole or a part.
  std::optional<Shard> shard;      ///< It measured its part and judged nothing; absent: it judged its gates.
  std::optional<Sampling> sampling;
  std::vector<std::string> notes;  ///< For the verdict's warnings.

  bool operator==(const JobRecord&) const = default;
};

/// Reads and checks a record. Errors: kind usage with the place.
JobRecord job_record_from(const Node& document);
JobRecord read_job_record(const std::filesystem::path& path);
std::string to_json(const JobRecord& record);

}  // namespace modelgate
