#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// What a field of a benchmark's entry is. Counters stand beside the fields under names of their own.
enum class EntryField {
  name,
  run_name,
  run_type,
  aggregate_name,
  error_occurred,
  error_message,
  skip_message,
  skipped,
  time_unit,
  real_time,
  cpu_time,
  complexity,  ///< Of an entry that sums up a family of benchmarks (BigO, RMS).
  ignored,
  counter
};

inline constexpr std::size_t entry_fields = 14;

EntryField entry_field(std::string_view key);

/// Turns what the entries of a Google Benchmark document say into series, in the order in which they are
/// first seen; the same for both of its readers. Internal to schemas/formats.
class BenchmarkCollector {
 public:
  explicit BenchmarkCollector(Measurements& measurements) : measurements_(measurements) {}

  /// A repetition of this benchmark follows.
  void begin(std::string_view benchmark);
  void add_time(std::string_view quantity, double seconds);
  void add_counter(std::string_view key, double value);
  /// A benchmark that reports an error.
  void add_problem(std::string_view benchmark, std::string_view full_name, std::string_view message);
  /// A mean, median … of this benchmark.
  void add_aggregate(std::string_view benchmark, std::string_view aggregate);
  /// Tells of benchmarks that only have aggregates. At the end.
  void finish();
  /// A field of the document's context, its value as text; those that tell of the machine are kept.
  void add_context(std::string_view key, std::string_view value);

 private:
  void add(std::string_view quantity, std::string_view unit, Better better, double value);

  Measurements& measurements_;
  std::set<std::string, std::less<>> aggregated_, failed_;
  using Places = std::vector<std::size_t>;  // of a benchmark's quantities in the measurements' series
  std::unordered_map<std::string, Places> places_;
  // Repetitions mostly follow each other and have their quantities in the same order.
  std::string_view benchmark_;
  Places* current_ = nullptr;
  std::size_t expected_ = 0;
};

}  // namespace modelgate
