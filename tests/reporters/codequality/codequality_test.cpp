#include "reporters/codequality/codequality.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

/// What GitLab demands of each finding: one that lacks it makes it read no further.
nlohmann::json findings(const Verdict& verdict, const CodequalityStyle& style = {}) {
  const nlohmann::json all = nlohmann::json::parse(codequality_json(verdict, style));
  EXPECT_TRUE(all.is_array());
  std::set<std::string> fingerprints;
  for (const auto& each : all) {
    EXPECT_TRUE(each["description"].is_string() && each["check_name"].is_string());
    EXPECT_TRUE(each["severity"] == "blocker" || each["severity"] == "critical") << each;
    EXPECT_TRUE(fingerprints.insert(each["fingerprint"]).second) << "told twice: " << each;
    EXPECT_EQ(each["fingerprint"].get<std::string>().size(), 64u);
    const std::string path = each["location"]["path"];
    EXPECT_FALSE(path.empty() || path.starts_with('/') || path.starts_with("..")) << path;
    EXPECT_GE(each["location"]["lines"]["begin"].get<int>(), 1);
  }
  return all;
}

Check at(Check check, const std::string& file, std::int64_t line = 7) {
  check.file = file;
  check.line = line;
  return check;
}

TEST(Codequality, tells_what_failed_or_erred_and_nothing_else) {
  const auto all =
      findings(verdict_of({accuracy(), slowdown("f"), slowdown("e", Status::error),
                           slowdown("i", Status::inconclusive), slowdown("n", Status::not_compared)}));
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0]["severity"], "blocker");
  EXPECT_EQ(all[0]["check_name"], "modelgate/performance");
  EXPECT_EQ(all[0]["description"], "performance: f: is 25.0 % slower, more than the margin of 10 %");
  EXPECT_EQ(all[0]["location"]["path"], "modelgate.yaml");
  EXPECT_EQ(all[1]["severity"], "critical");
  EXPECT_EQ(findings(verdict_of({accuracy()})).size(), 0u);
}

TEST(Codequality, points_at_the_source_below_the_root) {
  const CodequalityStyle style{"/builds/group/project", "plans/gate.yaml", 1000};
  const auto place = [&](const std::string& file) -> std::string {
    return findings(verdict_of({at(slowdown(), file)}), style)[0]["location"].dump();
  };
  EXPECT_EQ(place("tests/a.cpp"), R"({"lines":{"begin":7},"path":"tests/a.cpp"})");
  EXPECT_EQ(place("./tests/../tests/a.cpp"), R"({"lines":{"begin":7},"path":"tests/a.cpp"})");
  EXPECT_EQ(place("/builds/group/project/tests/a.cpp"), R"({"lines":{"begin":7},"path":"tests/a.cpp"})");
  const std::string plan = R"({"lines":{"begin":1},"path":"plans/gate.yaml"})";
  EXPECT_EQ(place("/etc/passwd"), plan);
  EXPECT_EQ(place("/builds/group/project2/a.cpp"), plan);
  EXPECT_EQ(place("../../secret"), plan);
  EXPECT_EQ(place("a\nb.cpp"), plan);
  EXPECT_EQ(place(""), plan);
}

TEST(Codequality, knows_a_check_again_whatever_became_of_it) {
  const auto print = [](const Check& check) {
    return findings(verdict_of({check}))[0]["fingerprint"].get<std::string>();
  };
  EXPECT_EQ(print(slowdown("x")), print(at(slowdown("x", Status::error), "a.cpp")));
  EXPECT_NE(print(slowdown("x")), print(slowdown("y")));
  EXPECT_NE(print(accuracy("zh", Status::fail)), print(accuracy("en", Status::fail)));
  EXPECT_EQ(findings(verdict_of({slowdown("x"), slowdown("x")})).size(), 2u);
}

TEST(Codequality, never_looks_clean_where_the_verdict_is_red) {
  Verdict contradicting = verdict_of({accuracy()});
  contradicting.status = Status::fail;
  EXPECT_EQ(findings(contradicting).size(), 1u);
  Verdict empty = verdict_of({});
  ASSERT_EQ(empty.status, Status::error);
  EXPECT_EQ(findings(empty)[0]["description"], "the whole in one sentence");
}

TEST(Codequality, is_valid_whatever_the_verdict_holds) { EXPECT_FALSE(findings(hostile_verdict()).empty()); }

TEST(Codequality, counts_what_is_beyond_the_most_findings) {
  std::vector<Check> checks;
  for (int i = 0; i < 10'000; ++i)
    checks.push_back(check_of("unit", "S.t" + std::to_string(i), i < 9'500 ? Status::pass : Status::fail));
  EXPECT_EQ(findings(verdict_of(checks)).size(), 500u);
  const auto few = findings(verdict_of(checks), {".", "modelgate.yaml", 100});
  ASSERT_EQ(few.size(), 100u);
  EXPECT_EQ(few[99]["description"], "401 more checks do not pass; the verdict document has them all");
}

}  // namespace
}  // namespace modelgate
