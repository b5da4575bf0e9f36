#include "runners/plan/programs.h"

#include <unistd.h>

#include <cstdlib>

#include "schemas/tool/error.h"
#include "schemas/tool/shell_word.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

bool is_executable(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::optional<fs::path> find_program(const std::string& name) {
  std::error_code failure;
  const fs::path self = fs::read_symlink("/proc/self/exe", failure);
  if (!failure && is_executable(self.parent_path() / name)) return self.parent_path() / name;
  const char* path = std::getenv("PATH");
  const std::string folders = path == nullptr ? "" : path;
  for (std::size_t begin = 0; begin < folders.size();) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    // An empty or relative entry would make the choice depend on the working folder.
    const fs::path folder = folders.substr(begin, end - begin);
    if (folder.is_absolute() && is_executable(folder / name)) return folder / name;
    begin = end + 1;
  }
  return std::nullopt;
}

fs::path require_program(const std::string& name) {
  if (const auto found = find_program(name)) return *found;
  throw infrastructure_error(
      "", "the program " + name + " is missing",
      name == "modelgate-run-torch"
          ? "It is built where LibTorch is: apt-get install libtorch-dev, then build with "
            "-DMODELGATE_TORCH=ON."
          : "It belongs beside modelgate or into PATH; `modelgate doctor` says what is missing.");
}

std::map<std::string, std::string> terminal_environment() {
  std::map<std::string, std::string> environment;
  for (const char* name : {"TERM", "NO_COLOR", "COLUMNS", "COLORTERM"})
    if (const char* value = std::getenv(name)) environment[name] = value;
  return environment;
}

std::string shell_line(const std::vector<std::string>& argv) {
  std::string line;
  for (const std::string& word : argv) line += (line.empty() ? "" : " ") + shell_word(word);
  return line;
}

}  // namespace modelgate
