// The examples are what people look at first, and what other tests read: each is valid, is written as we
// would write it, and they fit together.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/documents/manifest.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/plan.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/example_documents.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::IsSupersetOf;

fs::path example(const std::string& name) {
  return fs::path(MODELGATE_SOURCE_DIR) / "schemas/examples" / name;
}

class Examples : public ::testing::TestWithParam<fs::path> {};

INSTANTIATE_TEST_SUITE_P(Each, Examples, ::testing::ValuesIn(examples()), [](const auto& info) {
  std::string name = info.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST_P(Examples, is_read_and_written_back_to_the_same_bytes) {
  const std::string schema = schema_of(GetParam());
  const std::string written = read_and_write(schema, GetParam());
  if (schema != "plan") {
    EXPECT_EQ(written, read_file(GetParam()));
  }
}

TEST_P(Examples, is_the_same_document_after_a_second_round) {
  const std::string schema = schema_of(GetParam());
  if (schema == "plan") return;
  const std::string written = read_and_write(schema, GetParam());
  EXPECT_EQ(read_and_write_json(schema, written), written);
}

TEST(AllExamples, are_there_for_every_document) {
  for (const std::string& name : schema_names()) EXPECT_FALSE(examples(name).empty()) << name;
}

TEST(AllExamples, of_verdicts_show_every_status_and_say_what_their_checks_say) {
  std::set<std::string> wholes, checks;
  for (const fs::path& path : examples("verdict")) {
    const Verdict verdict = read_verdict(path);
    wholes.insert(name_of(verdict.status));
    EXPECT_EQ(verdict.status, worst(verdict.checks)) << path;
    for (const Check& check : verdict.checks) {
      checks.insert(name_of(check.status));
      EXPECT_EQ(check.needs.empty(), check.status != Status::error && check.status != Status::inconclusive)
          << path << ": " << check.name;
    }
  }
  EXPECT_THAT(wholes, IsSupersetOf({"pass", "fail", "inconclusive", "error"}));
  EXPECT_THAT(checks, IsSupersetOf({"pass", "fail", "inconclusive", "error", "not_compared"}));
}

TEST(AllExamples, of_measurements_show_every_kind_of_series) {
  std::set<std::size_t> kinds;
  for (const fs::path& path : examples("measurements"))
    for (const Series& series : read_measurements(path).series) kinds.insert(series.index());
  EXPECT_EQ(kinds.size(), std::variant_size_v<Series>);
}

TEST(AllExamples, fit_together_from_plan_to_release) {
  const Plan plan = read_plan(example("plan.yaml"));
  const Verdict pass = read_verdict(example("verdict-pass.json"));
  const Verdict first = read_verdict(example("verdict-first-release.json"));
  const Manifest released = read_manifest(example("baseline-manifest-released.json"));
  const Manifest before = read_manifest(example("baseline-manifest-first-release.json"));
  const Measurements seen = read_measurements(example("measurements-cases.json"));

  EXPECT_EQ(pass.plan_digest, plan.digest);
  EXPECT_EQ(pass.candidate.digest, released.digest);
  EXPECT_EQ(pass.candidate, seen.subject);
  ASSERT_TRUE(pass.baseline && released.released && before.released);
  EXPECT_EQ(pass.baseline->digest, before.digest);
  EXPECT_EQ(released.released->verdict_digest, digest_of_file(example("verdict-pass.json")));
  EXPECT_EQ(released.released->baseline, before.version);
  EXPECT_EQ(before.released->verdict_digest, digest_of_file(example("verdict-first-release.json")));
  EXPECT_TRUE(before.released->first_release && first.first_release);
  EXPECT_FALSE(first.baseline);
  EXPECT_EQ(first.candidate.digest, before.digest);
}

}  // namespace
}  // namespace modelgate
