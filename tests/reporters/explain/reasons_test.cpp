#include "reporters/explain/reasons.h"

#include <gmock/gmock.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "schemas/tool/files.h"

namespace modelgate {
namespace {

using testing::HasSubstr;

/// The codes that the table in schemas/README.md lists, and the statuses that they may have.
std::map<std::string, std::string> listed_reasons() {
  const std::string readme = read_file(MODELGATE_SOURCE_DIR "/schemas/README.md");
  const std::size_t begin = readme.find("\n## Reason codes\n");
  std::istringstream section(readme.substr(begin, readme.find("\n## ", begin + 4) - begin));
  std::map<std::string, std::string> codes;
  const std::regex row(R"(^\| (`[a-z_`, ]+`) \| (\w+) \|.*)"), code("`([a-z_]+)`");
  for (std::string line; std::getline(section, line);) {
    std::smatch cells;
    if (!std::regex_match(line, cells, row)) continue;
    const std::string names = cells[1];
    for (std::sregex_iterator name(names.begin(), names.end(), code), end; name != end; ++name)
      codes[(*name)[1]] = cells[2];
  }
  return codes;
}

TEST(Reasons, every_code_of_the_table_is_explained_and_no_other) {
  std::set<std::string> listed;
  for (const auto& [code, status] : listed_reasons()) listed.insert(code);
  EXPECT_GT(listed.size(), 80u);
  const std::vector<std::string> explained = explained_reasons();
  EXPECT_EQ(std::set<std::string>(explained.begin(), explained.end()), listed);
  EXPECT_EQ(explained.size(), listed.size()) << "a code is explained twice";
}

TEST(Reasons, what_does_not_pass_says_what_to_do) {
  for (const auto& [code, status] : listed_reasons()) {
    const ReasonText* text = reason_text(code);
    ASSERT_NE(text, nullptr) << code;
    EXPECT_TRUE(text->meaning.ends_with('.')) << code;
    if (status != "pass" && status != "not_compared") {
      EXPECT_FALSE(text->advice.empty()) << code;
      EXPECT_NE(text->next, NextStep::none) << code;
    }
    if (!text->advice.empty()) {
      EXPECT_TRUE(text->advice.ends_with('.')) << code;
    }
  }
}

TEST(Reasons, a_code_of_somebody_elses_gate_has_no_text) {
  EXPECT_EQ(reason_text("zebra_proven"), nullptr);
  EXPECT_EQ(reason_text(""), nullptr);
}

}  // namespace
}  // namespace modelgate
