// simdjson takes what the strict reader refuses: keys that are there twice, and any depth and number of
// values. Each is looked for here, and anything that is not as Google Benchmark writes it is left to the
// strict reader. What simdjson itself refuses (numbers that no double holds and halves of surrogate pairs
// among it) likewise.

#include "schemas/formats/quick_google_benchmark.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <string>
#include <utility>
#include <vector>

#include "schemas/documents/node.h"
#include "schemas/formats/benchmark_collector.h"

namespace modelgate {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

static_assert(quick_reading_padding >= simdjson::SIMDJSON_PADDING);

/// Thrown where the strict reader has to decide.
struct Doubt {};

void require(bool certain) {
  if (!certain) throw Doubt{};
}

std::string_view text_of(const element& value) {
  std::string_view text;
  require(value.get_string().get(text) == simdjson::SUCCESS);
  return text;
}

double number_of(const element& value) {
  double number = 0;
  require(value.get_double().get(number) == simdjson::SUCCESS);
  return number;
}

bool boolean_of(const element& value) {
  bool boolean = false;
  require(value.get_bool().get(boolean) == simdjson::SUCCESS);
  return boolean;
}

double seconds_per(std::string_view unit) {
  if (unit == "ns") return 1e-9;
  if (unit == "us") return 1e-6;
  if (unit == "ms") return 1e-3;
  require(unit == "s");
  return 1;
}

class QuickReader {
 public:
  explicit QuickReader(Measurements& measurements) : collector_(measurements) {}

  void read(const element& root) {
    object document;
    require(root.get_object().get(document) == simdjson::SUCCESS);
    count();
    std::vector<std::string_view> keys;
    bool has_benchmarks = false;
    for (const auto [key, value] : document) {
      keys.push_back(key);
      require(key != "schema" && key != "machine_info" && key != "devices");  // of others
      if (key == "benchmarks") {
        has_benchmarks = true;
        read_entries(value);
      } else {
        look_through(value, 1);
        if (key == "context") read_context(value);
      }
    }
    require(has_benchmarks);
    collector_.finish();
    expect_unique(keys);
  }

 private:
  // So many that looking through them for a duplicate is still fast.
  static constexpr std::size_t maximum_fields = 1000;

  void count() { require(++values_ <= maximum_values); }

  static void expect_unique(std::vector<std::string_view>& keys) {
    std::sort(keys.begin(), keys.end());
    require(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
  }

  /// Holds what is not read to the rules of the strict reader; it lies within `depth` lists and maps.
  void look_through(const element& value, std::size_t depth) {
    count();
    object map;
    array list;
    if (value.get_object().get(map) == simdjson::SUCCESS) {
      require(depth < maximum_depth);
      std::vector<std::string_view> keys;
      for (const auto [key, part] : map) {
        keys.push_back(key);
        look_through(part, depth + 1);
      }
      expect_unique(keys);
    } else if (value.get_array().get(list) == simdjson::SUCCESS) {
      require(depth < maximum_depth);
      for (const element part : list) look_through(part, depth + 1);
    }
  }

  /// What is no text, whole number or boolean there, the strict reader reads.
  void read_context(const element& value) {
    object context;
    if (value.get_object().get(context) != simdjson::SUCCESS) return;
    for (const auto [key, part] : context) {
      if (part.is_string())
        collector_.add_context(key, text_of(part));
      else if (part.is_bool())
        collector_.add_context(key, boolean_of(part) ? "true" : "false");
      else if (std::int64_t number = 0; part.get_int64().get(number) == simdjson::SUCCESS)
        collector_.add_context(key, std::to_string(number));
      else
        require(key != "num_cpus" && key != "cpu_scaling_enabled" && key != "library_build_type");
    }
  }

  void read_entries(const element& value) {
    array entries;
    require(value.get_array().get(entries) == simdjson::SUCCESS);
    count();
    for (const element one : entries) {
      object entry;
      require(one.get_object().get(entry) == simdjson::SUCCESS);
      count();
      read_entry(entry);
    }
  }

  /// What the field is that stands there in an entry. Entries mostly have the same fields in the same order,
  /// so that the keys need not be looked up, nor compared with each other, again.
  EntryField field_at(std::size_t place, std::string_view key) {
    if (place < fields_.size() && fields_[place].key == key) return fields_[place].field;
    fields_.resize(place);
    require(place < maximum_fields);
    require(
        std::none_of(fields_.begin(), fields_.end(), [&](const Field& field) { return field.key == key; }));
    fields_.push_back({key, entry_field(key)});
    return fields_.back().field;
  }

  /// The fields of an entry that mean something, and its counters.
  struct Entry {
    std::array<element, entry_fields> values;
    std::bitset<entry_fields> present;
    std::vector<std::pair<std::string_view, element>> counters;

    bool has(EntryField field) const { return present[static_cast<std::size_t>(field)]; }
    const element& required(EntryField field) const {
      require(has(field));
      return values[static_cast<std::size_t>(field)];
    }
    std::string_view text_or(EntryField field, std::string_view fallback) const {
      return has(field) ? text_of(required(field)) : fallback;
    }
  };

  void find_fields(const object& fields) {
    constexpr std::size_t depth = 3;
    entry_.present.reset();
    entry_.counters.clear();
    std::size_t place = 0;
    for (const auto [key, value] : fields) {
      look_through(value, depth);
      const EntryField field = field_at(place++, key);
      if (field == EntryField::counter) {
        if (value.is_number()) entry_.counters.emplace_back(key, value);
      } else if (field != EntryField::ignored) {
        entry_.values[static_cast<std::size_t>(field)] = value;
        entry_.present.set(static_cast<std::size_t>(field));
      }
    }
  }

  /// As the strict reader reads it.
  void read_entry(const object& fields) {
    using enum EntryField;
    find_fields(fields);
    const std::string_view full_name = text_of(entry_.required(name));
    const std::string_view benchmark = entry_.text_or(run_name, full_name);
    if (entry_.text_or(run_type, "iteration") != "iteration")
      return collector_.add_aggregate(benchmark, entry_.text_or(aggregate_name, ""));
    const bool failed = (entry_.has(error_occurred) && boolean_of(entry_.required(error_occurred))) ||
                        entry_.has(skip_message) || entry_.has(skipped);
    if (failed)
      return collector_.add_problem(
          benchmark, full_name,
          entry_.text_or(error_message, entry_.text_or(skip_message, "it reports an error")));
    if (!entry_.has(real_time) && entry_.has(complexity)) return;
    const double factor = seconds_per(entry_.text_or(time_unit, "ns"));
    collector_.begin(benchmark);
    collector_.add_time("real_time", number_of(entry_.required(real_time)) * factor);
    collector_.add_time("cpu_time", number_of(entry_.required(cpu_time)) * factor);
    for (const auto& [key, value] : entry_.counters) collector_.add_counter(key, number_of(value));
  }

  struct Field {
    std::string_view key;
    EntryField field;
  };

  BenchmarkCollector collector_;
  std::size_t values_ = 0;
  std::vector<Field> fields_;
  Entry entry_;  // that is read now; kept, so that it needs no memory anew
};

}  // namespace

std::optional<Measurements> quick_google_benchmark(std::string_view text, std::size_t readable) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  if (text.starts_with(mark)) {
    text.remove_prefix(mark.size());
    readable -= mark.size();
  }
  std::string copy;
  if (readable < text.size() + quick_reading_padding) {
    copy.reserve(text.size() + quick_reading_padding);
    text = copy.assign(text);
  }
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(text.data(), text.size(), false).get(root) != simdjson::SUCCESS) return std::nullopt;
  Measurements measurements;
  measurements.runner = "google-benchmark";
  measurements.runner_version = "file";
  try {
    QuickReader(measurements).read(root);
  } catch (const Doubt&) {
    return std::nullopt;
  }
  return measurements;
}

}  // namespace modelgate
