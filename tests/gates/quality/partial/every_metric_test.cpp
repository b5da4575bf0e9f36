// Every metric that the gate knows, of the reference rows in three parts: the program's checks are those of
// the whole files, to the byte.

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "gates/quality/checks/check_text.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

const fs::path rows = fs::path(MODELGATE_SOURCE_DIR) / "tests/gates/quality/reference/every_metric";

/// A check of the metric with whatever margin it takes.
std::string with_margin(const std::string& metric) {
  std::string refusal;
  for (const char* margin : {" margin=1pp", " margin=1%"}) {
    try {
      parse_check(metric + margin);
      return metric + margin;
    } catch (const Error& error) {
      refusal = error.what();  // a margin of another unit
    }
  }
  ADD_FAILURE() << refusal;
  return "";
}

/// The metrics of table.txt by the files that they are of.
std::map<std::string, std::set<std::string>> metrics() {
  std::map<std::string, std::set<std::string>> metrics;
  std::ifstream table(rows / "table.txt");
  for (std::string line; std::getline(table, line);) {
    const std::size_t name = line.find(" | "), end = line.find(" | ", name + 3);
    if (line.front() != '#' && end != std::string::npos)
      metrics[line.substr(0, name)].insert(line.substr(name + 3, end - name - 3));
  }
  return metrics;
}

class EveryMetricInParts : public ::testing::TestWithParam<std::string> {
 protected:
  std::string run(const std::string& arguments) const {
    const std::string command = "cd '" + folder_.path().string() +
                                "' && '" MODELGATE_BIN_DIR "/modelgate-gate-quality' " + arguments +
                                " >out 2>err </dev/null";
    const int status = std::system(command.c_str());
    EXPECT_NE(WEXITSTATUS(status), 2) << arguments << "\n" << read_file(folder_ / "err");
    const std::string verdict = read_file(folder_ / "out");
    const std::size_t checks = verdict.find("\"checks\"");
    return checks == std::string::npos ? verdict : verdict.substr(checks);
  }

  /// Every third row from `part` on.
  void split(const std::string& side, int part) const {
    std::ifstream file(rows / (GetParam() + "." + side + ".jsonl"));
    std::string some;
    int number = 0;
    for (std::string line; std::getline(file, line); ++number)
      if (number % 3 == part) some += line + "\n";
    folder_.with(side + std::to_string(part), some);
  }

  TemporaryFolder folder_;
};

TEST_P(EveryMetricInParts, is_judged_as_in_one) {
  std::string options;
  const std::set<std::string> of_file = metrics()[GetParam()];
  for (const std::string& metric : of_file) options += " --check '" + with_margin(metric) + "'";
  if (GetParam() == "classes")
    for (const char* name : {"cancel", "lost card", "refund", "退款"})
      options += std::string(" --class '") + name + "'";
  if (GetParam() == "binary") options += " --positive 1 --class 0 --class 1";
  const std::string whole = rows.string() + "/" + GetParam();
  const std::string expected =
      run("--baseline '" + whole + ".baseline.jsonl' --candidate '" + whole + ".candidate.jsonl'" + options);
  EXPECT_THAT(expected, ::testing::HasSubstr("\"effect\""));
  std::string merge;
  for (int part = 0; part < 3; ++part) {
    split("baseline", part);
    split("candidate", part);
    const std::string number = std::to_string(part);
    run("--baseline baseline" + number + " --candidate candidate" + number + options + " --partial " +
        number + ".part --part " + std::to_string(part + 1) + "/3");
    merge = " --merge " + number + ".part" + merge;
  }
  EXPECT_EQ(run(merge + options), expected);
}

std::vector<std::string> files() {
  std::vector<std::string> files;
  for (const auto& [name, of_file] : metrics()) files.push_back(name);
  return files;
}

INSTANTIATE_TEST_SUITE_P(Of, EveryMetricInParts, ::testing::ValuesIn(files()));

}  // namespace
}  // namespace modelgate
