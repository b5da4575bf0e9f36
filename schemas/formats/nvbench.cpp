#include "schemas/formats/nvbench.h"

#include <bit>
#include <cmath>
#include <map>
#include <set>

#include "schemas/formats/file_beside.h"
#include "schemas/formats/mapped_file.h"
#include "schemas/formats/sample_collector.h"
#include "schemas/formats/text_words.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t most_samples = 16 << 20;

/// nvbench writes whole numbers as text, so that no reader makes a double of them; older ones do not.
std::int64_t whole_number(const Node& node) {
  if (node.is_number()) return node.integer_at_least(0);
  const std::string text = node.text();
  const auto number = number_in<std::int64_t>(text);
  if (!number || *number < 0) node.refuse("'" + beginning(text) + "' is no whole number");
  return *number;
}

/// Lists that nvbench leaves null where they are empty.
std::vector<Node> items_of(const std::optional<Node>& list) {
  return !list || list->is_null() ? std::vector<Node>{} : list->items();
}

/// A list of {name, type, value} by name.
std::map<std::string, Node> named_values(const std::optional<Node>& list) {
  std::map<std::string, Node> values;
  for (const Node& entry : items_of(list)) {
    Fields fields(entry);
    values.emplace(fields.text("name"), fields.required("value"));
  }
  return values;
}

float little_endian_float(const unsigned char* bytes) {
  std::uint32_t word = 0;
  for (int i = 3; i >= 0; --i) word = word << 8 | bytes[i];
  return std::bit_cast<float>(word);
}

fs::path samples_file(const fs::path& document, const Node& name) {
  const fs::path written = name.text();
  if (!written.is_absolute()) {
    const fs::path file = file_beside(document, written.string());
    if (std::error_code failure; fs::exists(file, failure)) return file;
  }
  return file_beside(document, (written.parent_path().filename() / written.filename()).string());
}

class NvbenchReader {
 public:
  explicit NvbenchReader(const fs::path& path) : path_(path) {}

  Measurements read(const Node& document) {
    Fields fields(document);
    for (const Node& device : items_of(fields.optional("devices"))) {
      Fields one(device);
      devices_[one.required("id").integer()] = one.text("name");
    }
    const std::vector<Node> benchmarks = fields.required("benchmarks").items();
    for (const Node& benchmark : benchmarks)
      for (const Node& state : items_of(Fields(benchmark).optional("states")))
        used_.insert(Fields(state).integer_or("device", 0));
    for (const Node& benchmark : benchmarks) {
      Fields one(benchmark);
      const std::string name = one.text("name");
      for (const Node& state : items_of(one.optional("states"))) read_state(name, state);
    }
    std::string names;
    for (const std::int64_t device : used_)
      if (const auto found = devices_.find(device); found != devices_.end())
        names += (names.empty() ? "" : ", ") + found->second;
    if (!names.empty()) measurements_.environment["gpu"] = names;
    return std::move(measurements_);
  }

 private:
  void read_state(std::string name, const Node& state) {
    Fields fields(state);
    if (used_.size() > 1) name += " device=" + std::to_string(fields.integer_or("device", 0));
    for (const Node& axis : items_of(fields.optional("axis_values"))) {
      Fields one(axis);
      name += " " + one.text("name") + "=" + one.required("value").scalar();
    }
    if (fields.boolean_or("is_skipped", false)) {
      measurements_.notes.push_back(
          beginning(name) + " was skipped: " + beginning(fields.text_or("skip_reason", "no reason is told")));
      return;
    }
    for (const Node& summary : items_of(fields.optional("summaries"))) {
      Fields one(summary);
      if (one.text_or("tag", "") == "nv/json/bin:nv/cold/sample_times") return read_samples(name, one);
    }
    measurements_.problems.push_back(
        {"only_aggregates", beginning(name) +
                                ": holds no samples, from which alone something can be told; run "
                                "the benchmark with --jsonbin instead of --json"});
  }

  void read_samples(const std::string& name, Fields& summary) {
    const std::map<std::string, Node> values = named_values(summary.optional("data"));
    const auto file_name = values.find("filename"), size = values.find("size");
    if (file_name == values.end() || size == values.end())
      summary.object().refuse("does not tell filename and size of the samples");
    const std::int64_t count = whole_number(size->second);
    if (count < 1 || count > most_samples)
      size->second.refuse("is no number of samples from 1 to " + std::to_string(most_samples));
    const fs::path path = samples_file(path_, file_name->second);
    const MappedFile file(path);
    const std::string_view bytes = file.text();
    if (bytes.size() != 4 * static_cast<std::size_t>(count))
      throw usage_error(path.string(),
                        "has " + std::to_string(bytes.size()) + " bytes, and " + std::to_string(count) +
                            " samples take " + std::to_string(4 * count),
                        "Measure again, or bring the file that belongs to " + path_.string() + ".");
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      const double value = little_endian_float(reinterpret_cast<const unsigned char*>(bytes.data()) + 4 * i);
      if (!std::isfinite(value))
        throw usage_error(path.string(), "sample " + std::to_string(i) + " is no number");
      collector_.add(name, "gpu_time", meaning_of_unit("s"), 0, value, path.string());
    }
  }

  const fs::path& path_;
  Measurements measurements_ = measurements_of_tool("nvbench", "nvbench");
  SampleCollector collector_{measurements_};
  std::map<std::int64_t, std::string> devices_;
  std::set<std::int64_t> used_;
};

}  // namespace

Measurements nvbench_from(const Node& document, const fs::path& path) {
  return NvbenchReader(path).read(document);
}

}  // namespace modelgate
