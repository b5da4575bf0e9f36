#include "schemas/formats/criterion.h"

#include <algorithm>

#include "schemas/formats/sample_collector.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 100'000;

bool is_sample(const Node& document) {
  Fields fields(document);
  return fields.optional("iters") && fields.optional("times");
}

/// group/function/parameter, as criterion calls it.
std::string name_beside(const fs::path& sample) {
  const fs::path benchmark = sample.parent_path() / "benchmark.json";
  if (std::error_code failure; fs::is_regular_file(benchmark, failure)) {
    const Node document = read_document(benchmark);
    return Fields(document).text("full_id");
  }
  return fs::absolute(sample).parent_path().parent_path().filename().string();
}

void read_sample(const Node& document, const std::string& name, SampleCollector& collector) {
  Fields fields(document);
  const std::vector<Node> iterations = fields.required("iters").items();
  const std::vector<Node> times = fields.required("times").items();
  if (iterations.size() != times.size())
    document.refuse("has " + std::to_string(iterations.size()) + " numbers of iterations and " +
                    std::to_string(times.size()) + " times");
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!(iterations[i].number() > 0)) iterations[i].refuse("is no number of iterations");
    collector.add(name, "real_time", meaning_of_unit("ns"), 0, times[i].number() / iterations[i].number(),
                  document.file());
  }
}

}  // namespace

bool is_of_criterion(const Node& document) {
  if (is_sample(document)) return true;
  const auto mean = Fields(document).optional("mean");
  return mean && mean->is_object() && Fields(*mean).optional("point_estimate");
}

Measurements criterion_from(const Node& document, const fs::path& path) {
  Measurements measurements = measurements_of_tool("criterion", "criterion");
  SampleCollector collector(measurements);
  if (is_sample(document)) {
    read_sample(document, name_beside(path), collector);
    return measurements;
  }
  const fs::path beside = path.parent_path() / "sample.json";
  if (std::error_code failure; !fs::is_regular_file(beside, failure))
    throw usage_error(
        document.file(), "holds criterion's estimates, from which alone nothing can be told",
        "Keep the sample.json that criterion writes beside it, or name its folder target/criterion.");
  read_sample(read_document(beside), name_beside(beside), collector);
  return measurements;
}

std::vector<fs::path> criterion_samples_in(const fs::path& folder) {
  std::error_code failure;
  if (fs::is_regular_file(folder / "sample.json", failure)) return {folder / "sample.json"};
  std::vector<fs::path> samples;
  std::size_t files = 0;
  for (fs::recursive_directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (++files > most_files)
      throw usage_error(folder.string(), "holds more than " + std::to_string(most_files) + " files");
    if (entry->path().filename() == "sample.json" && entry->path().parent_path().filename() == "new")
      samples.push_back(entry->path());
  }
  if (failure) throw infrastructure_error(folder.string(), "cannot be read: " + failure.message());
  std::sort(samples.begin(), samples.end());
  return samples;
}

}  // namespace modelgate
