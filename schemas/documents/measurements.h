#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schemas/documents/attempt.h"
#include "schemas/documents/node.h"
#include "schemas/documents/subject.h"

namespace modelgate {

struct Case {
  std::string name;  ///< "Suite.Test", unique within the series.
  CaseStatus status = CaseStatus::not_run;
  double seconds = 0;
  std::string message;  ///< Why it did not pass; may be empty.
  std::string file;     ///< Where the test stands; may be empty.
  std::int64_t line = 0;
  /// All of them in their order, if there were several; the last says what the case says.
  std::vector<Attempt> attempts = {};

  bool operator==(const Case&) const = default;
};

/// Tests and what became of them.
struct CaseSeries {
  std::string name;
  std::vector<Case> cases;

  bool operator==(const CaseSeries&) const = default;
};

enum class Better { lower, higher, unknown };

std::string name_of(Better better);

/// The values that one process measured. The process is the unit of replication.
struct ProcessSamples {
  std::int64_t pair =
      0;  ///< Baseline and candidate processes with the same number were run next to each other.
  std::int64_t position = 0;  ///< The place in the order in which all processes of both subjects ran, from 0.
  std::vector<double> values;

  bool operator==(const ProcessSamples&) const = default;
};

/// Numbers of one quantity of one benchmark, process by process.
struct SampleSeries {
  std::string name;      ///< The benchmark: "BM_featurize/64", "latency batch=8".
  std::string quantity;  ///< "real_time", "cpu_time", "latency", "throughput", "items_per_second", …
  std::string unit;      ///< "s", "bytes", "1/s", …
  Better better = Better::lower;
  bool interleaved = false;  ///< Measured in pairs with the other subject.
  std::vector<ProcessSamples> processes;

  bool operator==(const SampleSeries&) const = default;
};

/// A row per example, in a JSONL file (its fields: schemas/README.md).
struct RecordSeries {
  std::string name;
  std::string path;    ///< Relative to the measurements document.
  std::string digest;  ///< "sha256:…" of that file.
  std::int64_t rows = 0;
  std::int64_t errors = 0;  ///< Rows that carry `error` instead of an answer.
  /// Numbers of rows at which a gate may look, declared before the first was answered; rising. The file then
  /// holds the rows in the random order in which they were taken. Empty: once, at the end.
  std::vector<std::int64_t> looks = {};
  std::optional<std::int64_t> seed = {};  ///< Of that order.
  /// "sha256:…" of the file of examples that the runner was given; empty if it is not known, or is not the
  /// same for every subject.
  std::string test_set = {};

  bool operator==(const RecordSeries&) const = default;
};

/// Tensors, in a safetensors file.
struct TensorSeries {
  std::string name;
  std::string path;    ///< Relative to the measurements document.
  std::string digest;  ///< "sha256:…" of that file.

  bool operator==(const TensorSeries&) const = default;
};

using Series = std::variant<CaseSeries, SampleSeries, RecordSeries, TensorSeries>;

/// Something that kept the runner from measuring all it was asked to. A gate turns it into an error.
struct Problem {
  std::string code;  ///< "crashed", "timed_out", "out_of_memory", "failed", "bad_output", "interrupted", …
  std::string sentence;  ///< For people.
  /// The only kind of series that it is about: "samples" of times, where records and tensors are as they
  /// should be. Empty: all.
  std::string concerns = {};

  bool operator==(const Problem&) const = default;
};

/// A pair of processes that something disturbed, and that was measured again.
struct Discarded {
  std::int64_t pair = 0;
  std::string code;      ///< "processor_shared", "gpu_throttled", …
  std::string sentence;  ///< For people.

  bool operator==(const Discarded&) const = default;
};

/// Which part of a run a document holds, where several machines share it.
struct Part {
  std::int64_t number = 1, of = 1;  ///< The second of four: 2, 4.
  std::string names;  ///< "sha256:…" of the names of all that is shared: parts of other things are none.

  bool operator==(const Part&) const = default;
};

/// What a runner saw of one subject. A runner measures and never judges.
struct Measurements {
  std::string runner;          ///< "gtest"
  std::string runner_version;  ///< "0.1.0"
  std::string created;         ///< UTC, "2026-11-23T20:15:00Z".
  Subject subject;
  std::map<std::string, std::string> environment;  ///< Fingerprint: "cpu", "cores", "kernel", …
  /// Numbers of process pairs at which a gate may look at the samples, declared before the first was
  /// measured; rising. Empty: once, at the end.
  std::vector<std::int64_t> looks;
  std::optional<Part> part;  ///< Absent: all of it. A gate judges no part.
  std::vector<Series> series;
  std::vector<Problem> problems;
  std::vector<Discarded> discarded;  ///< In their order; nothing of them is in the series.
  std::vector<std::string> notes;    ///< What a reader should know: "stdout was cut at 64 KiB".

  bool operator==(const Measurements&) const = default;
};

/// Reads and checks a measurements document. Errors: kind usage with the place.
Measurements measurements_from(const Node& document);
Measurements read_measurements(const std::filesystem::path& path);
/// The document as JSON text; an Error (kind infrastructure) if a number is not finite.
std::string to_json(const Measurements& measurements);

}  // namespace modelgate
