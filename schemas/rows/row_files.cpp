#include "schemas/rows/row_files.h"

#include <algorithm>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {

namespace fs = std::filesystem;

std::vector<fs::path> row_files(const fs::path& path) {
  std::error_code failure;
  if (is_standard_input(path) || !fs::is_directory(path, failure)) return {path};
  if (!fs::exists(path / "_SUCCESS", failure))
    throw infrastructure_error(path.string(), "holds no _SUCCESS: the folder was not written to its end",
                               "Write the rows again, or name one file.");
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(path))
    // What is called so and is no file is found when it is opened: nothing may be passed over.
    if (entry.path().filename().string().starts_with("part-")) files.push_back(entry.path());
  if (files.empty())
    throw usage_error(path.string(), "holds no part files", "Files of rows in a folder are called part-….");
  std::sort(files.begin(), files.end());
  return files;
}

RowFormat row_format(std::string_view first_line, const std::string& name, bool is_shown) {
  std::string_view content = first_line;
  content.remove_prefix(std::min(content.find_first_not_of(" \t\r"), content.size()));
  if (content.empty() || content.front() == '{') return RowFormat::json;
  const bool has_tab = first_line.find('\t') != std::string_view::npos;
  if (content.front() == '[' || content.find_first_of("\0\x01\x02\x03\x04") != std::string_view::npos ||
      (!has_tab && first_line.find(',') == std::string_view::npos))
    throw usage_error(
        name,
        "holds neither rows of JSON nor CSV" + (is_shown ? ": '" + beginning(first_line, 40) + "'" : ""),
        "A row of JSON in each line, or columns behind a header, are expected.");
  return has_tab ? RowFormat::tsv : RowFormat::csv;
}

}  // namespace modelgate
