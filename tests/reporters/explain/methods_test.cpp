#include "reporters/explain/methods.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <regex>

#include "schemas/tool/files.h"

namespace modelgate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

std::string all_words(const std::string& method) {
  std::string all;
  for (const std::string& sentence : method_in_words(method)) all += sentence + " ";
  return all;
}

TEST(Methods, say_what_is_done_to_the_data) {
  EXPECT_THAT(all_words("Tango score interval"), HasSubstr("only one of the two answers right"));
  EXPECT_THAT(all_words("paired BCa bootstrap of rows, 10000 resamples, seed 7"),
              HasSubstr("drawn from these rows"));
  EXPECT_THAT(all_words("paired BCa bootstrap of clusters, 10000 resamples, seed 7"), HasSubstr("groups"));
}

TEST(Methods, of_several_parts_say_each) {
  EXPECT_THAT(
      method_in_words("exact signed-rank test and Hodges–Lehmann bounds of process pairs, cross-checked "
                      "by Student's t; looks at 10 and 20 pairs"),
      ElementsAre(HasSubstr("in pairs"), HasSubstr("share of the error rates")));
  EXPECT_THAT(method_in_words("Student's t over rows, two supposed"), SizeIs(2));
}

TEST(Methods, claim_nothing_of_one_that_they_do_not_know) {
  for (const char* method : {"Mood's median test", "DeLong by widgets", "Student's t of widgets",
                             "countedness", "Clopper–Pearson of something else", "a Tango score interval"})
    EXPECT_THAT(method_in_words(method), ElementsAre(HasSubstr(method))) << method;
  EXPECT_THAT(method_in_words(""), testing::IsEmpty());
  EXPECT_THAT(method_in_words("; ; "), SizeIs(testing::Le(1u)));
}

TEST(Methods, tell_what_is_counted_from_what_is_estimated) {
  EXPECT_FALSE(is_estimated("|a − b| ≤ 1e-05 + 1.3e-06·|b| for each element"));
  EXPECT_FALSE(is_estimated("exact: the same in every process"));
  EXPECT_FALSE(is_estimated("counted"));
  EXPECT_TRUE(is_estimated("Tango score interval"));
  EXPECT_TRUE(is_estimated("a foreign rule"));
}

/// The texts that the gates' sources give as a method, as far as they stand there.
std::vector<std::string> methods_in_gates() {
  std::vector<std::string> methods;
  const std::regex given(R"re(method\s*\+?=((?:[^;"]|"(?:[^"\\]|\\.)*")*);)re"),
      text(R"re("((?:[^"\\]|\\.)*)")re"), seam(R"re("\s*\n\s*")re");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(MODELGATE_SOURCE_DIR "/gates")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string source = std::regex_replace(read_file(entry.path()), seam, "");
    for (std::sregex_iterator one(source.begin(), source.end(), given), end; one != end; ++one) {
      const std::string expression = (*one)[1];
      for (std::sregex_iterator part(expression.begin(), expression.end(), text); part != end; ++part) {
        const std::string words = (*part)[1];
        // What comes behind a name that a function makes, or before it.
        if (words.size() > 8 && words.front() != ',')
          methods.push_back(words.starts_with("; ") ? words.substr(2) : words);
      }
    }
  }
  return methods;
}

TEST(Methods, of_every_gate_are_known) {
  const std::vector<std::string> methods = methods_in_gates();
  EXPECT_GT(methods.size(), 15u);
  for (const std::string& method : methods) {
    EXPECT_THAT(all_words(method), Not(HasSubstr("no plainer words"))) << method;
    EXPECT_FALSE(all_words(method).empty()) << method;
  }
}

TEST(Counts, are_told_in_words_where_they_are_known) {
  EXPECT_EQ(count_in_words("discordant"), "rows on which the two models differ");
  EXPECT_EQ(count_in_words("zebras"), "");
}

}  // namespace
}  // namespace modelgate
