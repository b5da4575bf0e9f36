// The program as CI runs it: exit codes, documents, words.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "schemas/documents/manifest.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/files.h"
#include "tests/gates/quality/program.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(ProgramTest, two_files_written_by_hand) {
  const std::string a = file("a.jsonl",
                             "{\"id\": 1, \"label\": \"refund\", \"prediction\": \"refund\"}\n"
                             "{\"id\": 2, \"label\": \"order\", \"prediction\": \"refund\"}\n");
  const std::string b = file("b.jsonl",
                             "{\"id\": \"2\", \"label\": \"order\", \"prediction\": \"order\"}\n\n"
                             "{\"id\": \"1\", \"label\": \"refund\", \"prediction\": \"refund\"}");
  const Outcome outcome = run("--baseline " + a + " --candidate " + b + " --check 'accuracy margin=1pp'");
  EXPECT_EQ(outcome.exit_code, 3) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("needs"));
  EXPECT_EQ(verdict_from(parse_json(outcome.out, "stdout")).checks.at(0).reason, "too_few_rows");
}

/// The checks of a verdict, as they are written.
std::string checks_in(const std::string& verdict) { return verdict.substr(verdict.find("\"checks\"")); }

TEST_F(ProgramTest, the_same_rows_give_the_same_checks_however_they_are_written) {
  std::vector<std::string> json[2], csv[2];
  for (int model = 0; model < 2; ++model)
    for (int i = 0; i < 3000; ++i) {
      const std::string id = "q" + std::to_string(i * 7919 % 100003), label = i % 3 == 0 ? "1" : "0";
      const bool right = model == 0 ? i % 9 != 0 : i % 8 != 0;
      const std::string prediction = right == (label == "1") ? "1" : "0";
      const std::string score = "0." + std::to_string(100 + (i * 37 % 400) + (prediction == "1" ? 400 : 0));
      const std::string lang = i % 2 == 0 ? "zh" : "en, GB";
      json[model].push_back("{\"id\": \"" + id + "\", \"label\": " + label + ", \"prediction\": \"" +
                            prediction + "\", \"score\": " + score + ", \"slices\": {\"lang\": \"" + lang +
                            "\"}}\n");
      csv[model].push_back(id + "," + label + "," + prediction + "," + score + ",\"" + lang + "\"\n");
    }
  const std::string header = "id,label,prediction,score,slices.lang\n";
  const auto all = [](const std::vector<std::string>& lines, const std::string& first = "") {
    std::string text = first;
    for (const std::string& line : lines) text += line;
    return text;
  };
  const std::string checks =
      " --check 'accuracy margin=2pp min=0.8 by=lang' --check 'f1(macro) margin=2pp' --check 'roc_auc "
      "margin=2pp'";
  const auto judged = [&](const std::string& baseline, const std::string& candidate) {
    const Outcome outcome = run("--baseline " + baseline + " --candidate " + candidate + checks);
    EXPECT_THAT(outcome.err, HasSubstr("accuracy"));
    return checks_in(outcome.out);
  };
  const std::string expected = judged(file("a.jsonl", all(json[0])), file("b.jsonl", all(json[1])));
  EXPECT_GT(expected.size(), 1000u);
  EXPECT_EQ(judged(file("a.csv", all(csv[0], header)), file("b.csv", all(csv[1], header))), expected);
  std::mt19937 random(3);
  for (auto& lines : json) std::shuffle(lines.begin(), lines.end(), random);
  EXPECT_EQ(judged(file("a2.jsonl", all(json[0])), file("b2.jsonl", all(json[1]))), expected);
  // Part files: some packed, some not.
  const std::string b = file("b3.csv", all(csv[1], header));
  for (int part = 0; part < 3; ++part) {
    const auto begin = json[0].begin() + part * 1000;
    const std::string name = "parts/part-0000" + std::to_string(part);
    const std::string written = file(name, all({begin, begin + 1000}));
    if (part != 1) {
      ASSERT_EQ(std::system(("gzip -f " + written).c_str()), 0);
    }
  }
  file("parts/_SUCCESS", "");
  EXPECT_EQ(judged("'" + (folder_ / "parts").string() + "'", b), expected);
  // Seven parts, merged in any order.
  std::vector<std::string> merge;
  for (int part = 1; part <= 7; ++part) {
    std::string rows[2];
    for (std::size_t i = 0; i < json[0].size(); ++i) {
      // The rows of a part stand in another order in each file.
      if (std::hash<std::string>()(json[0][i].substr(0, 12)) % 7 == static_cast<std::size_t>(part - 1))
        rows[0] += json[0][i];
      if (std::hash<std::string>()(json[1][i].substr(0, 12)) % 7 == static_cast<std::size_t>(part - 1))
        rows[1] += json[1][i];
    }
    const std::string number = std::to_string(part),
                      kept = "'" + (folder_ / (number + ".part")).string() + "'";
    const Outcome outcome =
        run("--baseline " + file("a" + number, rows[0]) + " --candidate " + file("b" + number, rows[1]) +
            checks + " --partial " + kept + " --part " + number + "/7");
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    merge.push_back(" --merge " + kept);
  }
  for (int turn = 0; turn < 3; ++turn) {
    std::shuffle(merge.begin(), merge.end(), random);
    EXPECT_EQ(checks_in(run(checks + all(merge)).out), expected);
  }
  EXPECT_EQ(run(checks + all(merge, " --baseline " + b)).exit_code, 2);
  merge.pop_back();
  const Outcome incomplete = run(checks + all(merge));
  EXPECT_EQ(incomplete.exit_code, 2);
  EXPECT_THAT(incomplete.err, HasSubstr("of 7 is missing"));
}

TEST_F(ProgramTest, exits_with_the_verdict) {
  const std::string good = rows("good", 950, 50), bad = rows("bad", 850, 150), near = rows("near", 938, 62);
  const std::string check = " --check 'accuracy margin=1pp'";
  EXPECT_EQ(run("--baseline " + bad + " --candidate " + good + check).exit_code, 0);
  EXPECT_EQ(run("--baseline " + good + " --candidate " + good + check).exit_code, 0);
  EXPECT_EQ(run("--baseline " + good + " --candidate " + bad + check).exit_code, 1);
  EXPECT_EQ(run("--baseline " + good + " --candidate " + near + check).exit_code, 3);
  EXPECT_EQ(run("--baseline " + good + " --candidate " + rows("other", 10, 0) + check).exit_code, 4);
  EXPECT_EQ(run("--first-release --candidate " + good + " --check 'accuracy min=0.9'").exit_code, 0);
  EXPECT_EQ(run("--first-release --candidate " + good + " --check 'accuracy min=0.97'").exit_code, 1);
  EXPECT_EQ(run("--first-release --candidate " + good + " --check 'accuracy min=0.95'").exit_code, 3);
  EXPECT_EQ(run("--first-release --candidate " + good + check).exit_code, 4);
}

TEST_F(ProgramTest, a_wrong_question_is_a_usage_error) {
  const std::string good = rows("good", 950, 50);
  const std::string files = "--baseline " + good + " --candidate " + good;
  for (const std::string& arguments :
       {files, files + " --check 'acuracy margin=1pp'", files + " --check 'accuracy margin=1%'",
        files + " --check 'recall margin=1pp'", "--candidate " + good + " --check 'accuracy margin=1pp'",
        files + " --check 'accuracy margin=1pp' --maximum-errors 2",
        files + " --check 'accuracy margin=1pp' --field x",
        files + " --check 'accuracy margin=1pp' --field predction=x",
        files + " --first-release --check 'accuracy margin=1pp'",
        files + " --check 'accuracy margin=1pp' --minimum-rows 0"}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << arguments << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_THAT(run(files + " --check 'accuracy margn=1pp'").err,
              HasSubstr("column 10: 'margn' is not understood here\n  Did you mean 'margin'?"));
}

TEST_F(ProgramTest, a_file_that_is_none_is_never_a_pass) {
  const std::string good = rows("good", 950, 50);
  const std::string check = " --check 'accuracy margin=1pp' --check 'accuracy min=0.1'";
  const std::string binary(
      "\x7f"
      "ELF\0\1\2\xff\xfe",
      9);
  for (const std::string& other :
       {file("empty", ""), file("blank", "\n\n"), file("binary", binary), file("cut", "{\"id\": 1, \"lab"),
        file("list", "[1, 2]\n"), file("no id", "{\"label\": \"a\", \"prediction\": \"a\"}\n"),
        file("huge", "{\"id\": 1, \"label\": \"a\", \"prediction\": \"a\", \"score\": 1e999}\n"),
        file("nan", "{\"id\": 1, \"label\": \"a\", \"prediction\": \"a\", \"score\": NaN}\n"),
        file("junit", "<testsuites/>"), file("twice", "{\"id\": 1, \"id\": 2, \"label\": \"a\"}\n"),
        std::string("/dev/null"), std::string("/dev/zero"), std::string("/"), std::string("/nonexistent")}) {
    for (const auto& [baseline, candidate] : {std::pair{good, other}, {other, good}}) {
      const Outcome outcome = run("--baseline " + baseline + " --candidate " + candidate + check);
      EXPECT_TRUE(outcome.exit_code == 2 || outcome.exit_code == 4) << other << ": " << outcome.exit_code;
      EXPECT_NE(outcome.err, "");
    }
  }
}

TEST_F(ProgramTest, errors_in_the_rows_name_file_and_line) {
  const std::string a = rows("a", 100, 0);
  const std::string b = file("b", "{\"id\": 0, \"label\": \"b\"}\n");
  const Outcome outcome = run("--baseline " + b + " --candidate " + b + " --check 'accuracy margin=1pp'");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("1 row of the baseline has no 'prediction': b:1 (id 0)"));
  const Outcome missing = run("--baseline " + a + " --candidate " + b + " --check 'accuracy margin=1pp'");
  EXPECT_THAT(missing.err, HasSubstr("99 rows of the baseline are not in the candidate's file"));
}

TEST_F(ProgramTest, other_field_names_are_mapped) {
  const std::string a = file("a", "{\"key\": 1, \"truth\": \"x\", \"answer\": \"x\"}\n");
  const std::string mapping = " --field id=key --field label=truth --field prediction=answer";
  const Outcome outcome =
      run("--first-release --candidate " + a + " --minimum-rows 1 --check 'accuracy min=0.01'" + mapping);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
}

TEST_F(ProgramTest, reads_measurements_and_their_rows) {
  rows("rows.jsonl", 950, 50);
  Measurements measurements;
  measurements.runner = "exec";
  measurements.runner_version = "1";
  measurements.created = "2026-11-24T00:00:00Z";
  measurements.subject.version = "v2";
  measurements.notes = {"stdout was cut"};
  measurements.series.push_back(
      RecordSeries{"rows", "rows.jsonl", digest_of_file(folder_ / "rows.jsonl"), 1000, 0});
  const std::string document = file("candidate.json", to_json(measurements));
  const std::string arguments = "--first-release --check 'accuracy min=0.9' --candidate ";
  const Outcome outcome = run(arguments + document);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const Verdict verdict = verdict_from(parse_json(outcome.out, "stdout"));
  EXPECT_EQ(verdict.candidate.version, "v2");
  EXPECT_THAT(verdict.warnings, ::testing::ElementsAre("candidate: stdout was cut"));
  EXPECT_TRUE(verdict.first_release);

  measurements.problems = {{"crashed", "it was killed by SIGSEGV"}};
  EXPECT_EQ(run(arguments + file("candidate.json", to_json(measurements))).exit_code, 4);
  measurements.problems.clear();
  measurements.series.clear();
  EXPECT_EQ(run(arguments + file("candidate.json", to_json(measurements))).exit_code, 4);
  // The file was changed after it was measured.
  file("candidate.json", to_json(measurements));
  measurements.series = {RecordSeries{"rows", "rows.jsonl", digest_of_file(folder_ / "rows.jsonl"), 1000, 0}};
  const std::string again = file("candidate.json", to_json(measurements));
  rows("rows.jsonl", 1000, 0);
  EXPECT_EQ(run(arguments + again).exit_code, 4);
}

TEST_F(ProgramTest, answers_to_two_test_sets_are_an_error_whatever_their_ids) {
  rows("rows.jsonl", 950, 50);
  const auto document = [&](Role role, const std::string& test_set) {
    Measurements measurements;
    measurements.runner = "exec";
    measurements.runner_version = "1";
    measurements.created = "2026-11-24T00:00:00Z";
    measurements.subject.role = role;
    measurements.series = {RecordSeries{
        "rows", "rows.jsonl", digest_of_file(folder_ / "rows.jsonl"), 1000, 0, {}, {}, test_set}};
    return file(name_of(role) + ".json", to_json(measurements));
  };
  const std::string one = "sha256:" + std::string(64, '1'), other = "sha256:" + std::string(64, '2');
  const auto judged = [&](const std::string& before, const std::string& now) {
    return run("--check 'accuracy margin=1pp' --baseline " + document(Role::baseline, before) +
               " --candidate " + document(Role::candidate, now));
  };
  EXPECT_EQ(judged(one, one).exit_code, 0);
  EXPECT_EQ(judged(one, "").exit_code, 0) << "nothing is known of one of them";
  const Outcome outcome = judged(one, other);
  EXPECT_EQ(outcome.exit_code, 4);
  const Verdict verdict = verdict_from(parse_json(outcome.out, "stdout"));
  ASSERT_EQ(verdict.checks.size(), 1u);
  EXPECT_EQ(verdict.checks[0].reason, "test_set_differs");
  EXPECT_THAT(verdict.checks[0].sentence, ::testing::AllOf(HasSubstr(one), HasSubstr(other)));
}

TEST_F(ProgramTest, writes_the_verdict_where_it_is_told_to) {
  const std::string good = rows("good", 950, 50);
  const fs::path output = folder_ / "results" / "quality.json";
  const std::string arguments =
      "--gate-name intents --first-release --check 'accuracy min=0.9' --candidate " + good;
  const Outcome outcome = run(arguments + " --output '" + output.string() + "'");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(read_verdict(output).gate, "intents");
  EXPECT_EQ(run(arguments + " --output /dev/full").exit_code, 4);
}

TEST_F(ProgramTest, does_not_depend_on_the_locale) {
  const std::string good = rows("good", 950, 50);
  const std::string arguments = "--first-release --check 'f1(macro) min=0.9' --candidate " + good;
  const std::string plain = run(arguments, "LC_ALL=C").err;
  for (const char* locale : {"LC_ALL=tr_TR.UTF-8", "LC_ALL=de_DE.UTF-8", "LC_ALL=nonsense"})
    EXPECT_EQ(run(arguments, locale).err, plain) << locale;
}

TEST_F(ProgramTest, foreign_text_cannot_steer_the_terminal) {
  const std::string a = file("a", "{\"id\": \"\\u001b[2J\", \"label\": \"x\", \"prediction\": \"x\"}\n");
  const Outcome outcome =
      run("--baseline " + rows("good", 50, 0) + " --candidate " + a + " --check 'accuracy margin=1pp'");
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, Not(HasSubstr("\033")));
}

}  // namespace
}  // namespace modelgate
