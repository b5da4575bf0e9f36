#include <string_view>

#include "runners/plan/init.h"
#include "schemas/documents/manifest.h"
#include "schemas/formats/mapped_file.h"

namespace modelgate {

Findings look_into(const std::filesystem::path& folder) {
  Findings findings;
  for (const FileEntry& entry : find_files(folder)) {
    const std::string ending = std::filesystem::path(entry.path).extension().string();
    if (ending == ".pt" || ending == ".ts") findings.models.push_back(entry.path);
    if (!entry.executable || ending.starts_with(".so")) continue;
    const MappedFile file(folder / entry.path);
    const auto holds = [&](std::string_view text) {
      return file.text().find(text) != std::string_view::npos;
    };
    if (!file.text().starts_with("\x7f"
                                 "ELF"))
      continue;
    // Linked statically the flag's name is inside, dynamically the library's name.
    if (holds("gtest_list_tests") || holds("libgtest.so"))
      findings.tests.push_back(entry.path);
    else if (holds("benchmark_list_tests") || holds("libbenchmark.so"))
      findings.benchmarks.push_back(entry.path);
  }
  return findings;
}

}  // namespace modelgate
