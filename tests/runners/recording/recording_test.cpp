#include "runners/recording/recording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Pair;

const MeasuredSubject candidate{{Role::candidate, "intents", "v2", "", ""}, "/releases/new one"};

std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  ADD_FAILURE() << "was accepted";
  return "";
}

fs::path folder_of_test() {
  const fs::path folder =
      fs::path(::testing::TempDir()) /
      (std::string("recording ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

TEST(Expand, replaces_subject_and_role) {
  EXPECT_EQ(expand("{subject}/run --as={role}{role}", candidate),
            "/releases/new one/run --as=candidatecandidate");
  EXPECT_THAT(expand(std::vector<std::string>{"{role}", "x"}, candidate), ElementsAre("candidate", "x"));
}

TEST(Expand, two_braces_stand_for_one) {
  EXPECT_EQ(expand("{{subject}", candidate), "{subject}");
  EXPECT_EQ(expand("{{{role}}", candidate), "{candidate}");
}

TEST(Expand, leaves_braces_alone_that_hold_no_word) {
  for (const std::string text : {"{\"id\": 1}", "a{3}", "{}", "{", "x}", "{ role }", "{a b}", "{1,2}"})
    EXPECT_EQ(expand(text, candidate), text);
}

TEST(Expand, what_is_put_in_is_not_expanded_again) {
  MeasuredSubject odd = candidate;
  odd.folder = "/a/{role}";
  EXPECT_EQ(expand("{subject}", odd), "/a/{role}");
}

TEST(Expand, an_unknown_word_is_refused_with_the_one_meant) {
  EXPECT_THAT(refusal([] { expand("{subjct}/x", candidate); }), HasSubstr("Did you mean '{subject}'?"));
  EXPECT_THAT(refusal([] { expand("{whatever}", candidate); }), HasSubstr("{subject} and {role}"));
}

TEST(RunnerOptions, candidate_comes_first_then_the_baseline) {
  const fs::path folder = folder_of_test();
  fs::create_directories(folder / "new");
  fs::create_directories(folder / "old");
  RunnerOptions options;
  options.candidate = (folder / "new/").string();
  options.candidate_version = "v2";
  EXPECT_EQ(options.subjects().size(), 1u);
  options.baseline = (folder / "new/../old").string();
  options.baseline_version = "v1";
  const auto subjects = options.subjects();
  ASSERT_EQ(subjects.size(), 2u);
  EXPECT_EQ(subjects[0].subject.role, Role::candidate);
  EXPECT_EQ(subjects[0].subject.version, "v2");
  EXPECT_EQ(subjects[0].folder, fs::canonical(folder / "new"));
  EXPECT_EQ(subjects[1].subject.role, Role::baseline);
  EXPECT_EQ(subjects[1].subject.version, "v1");
  EXPECT_EQ(subjects[1].folder, fs::canonical(folder / "old"));
}

TEST(RunnerOptions, a_subject_must_be_a_folder_that_is_there) {
  const fs::path folder = folder_of_test();
  write_file(folder / "file", "x");
  RunnerOptions options;
  EXPECT_THAT(refusal([&] { options.subjects(); }), HasSubstr("--candidate"));
  options.candidate = (folder / "none").string();
  EXPECT_THAT(refusal([&] { options.subjects(); }), HasSubstr("cannot be found"));
  options.candidate = (folder / "file").string();
  EXPECT_THAT(refusal([&] { options.subjects(); }), HasSubstr("is not a folder"));
  options.candidate = folder.string();
  options.baseline = (folder / "none").string();
  EXPECT_THAT(refusal([&] { options.subjects(); }), HasSubstr("--baseline"));
}

TEST(RunnerOptions, variables_are_names_and_values) {
  RunnerOptions options;
  options.environment = {"A=1", "B_2=x=y", "C="};
  EXPECT_THAT(options.environment_map(), ElementsAre(Pair("A", "1"), Pair("B_2", "x=y"), Pair("C", "")));
}

TEST(RunnerOptions, what_is_no_variable_is_refused_without_showing_its_value) {
  for (const std::string entry : {"secret", "=secret", "1A=secret", "A B=secret", "ä=secret"}) {
    RunnerOptions options;
    options.environment = {entry};
    EXPECT_THAT(refusal([&] { options.environment_map(); }), Not(HasSubstr("secret"))) << entry;
  }
  RunnerOptions twice;
  twice.environment = {"A=1", "A=2"};
  EXPECT_THAT(refusal([&] { twice.environment_map(); }), HasSubstr("twice"));
}

TEST(Recording, a_document_is_written_under_its_role_and_reads_back) {
  const fs::path folder = folder_of_test();
  Measurements measurements = new_measurements("exec", candidate.subject);
  measurements.notes = {"a note"};
  write_measurements(measurements, folder / "out");
  EXPECT_EQ(read_measurements(folder / "out" / "candidate.json"), measurements);
  measurements.subject.role = Role::baseline;
  write_measurements(measurements, folder / "out");
  EXPECT_EQ(read_measurements(folder / "out" / "baseline.json").subject.role, Role::baseline);
}

TEST(Recording, the_fingerprint_says_what_decides_comparability) {
  const auto environment = environment_fingerprint();
  for (const char* key : {"kernel", "cores", "memory", "compiler"}) {
    ASSERT_TRUE(environment.contains(key)) << key;
    EXPECT_FALSE(environment.at(key).empty());
  }
  EXPECT_EQ(environment, environment_fingerprint());
}

TEST(Recording, time_is_utc_as_documents_write_it) {
  EXPECT_THAT(utc_now(), MatchesRegex("20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z"));
}

}  // namespace
}  // namespace modelgate
