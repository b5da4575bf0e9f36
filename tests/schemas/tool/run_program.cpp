#include "tests/schemas/tool/run_program.h"

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/schemas/fixtures/temporary_folder.h"

namespace fs = std::filesystem;

namespace {

std::string content(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

Outcome run_tool_under_test(const std::string& arguments, const std::string& before) {
  const modelgate::TemporaryFolder folder;
  const fs::path out = folder / "out", err = folder / "err";
  const std::string line = "{ " + before + " '" TOOL_UNDER_TEST "' " + arguments + " ; } >'" + out.string() +
                           "' 2>'" + err.string() + "' </dev/null";
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content(out), content(err)};
}
