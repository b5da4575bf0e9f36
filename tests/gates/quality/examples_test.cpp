// The rows that show what changed, and what must not be shown of them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/gates/quality/program.h"

namespace modelgate {
namespace {

using Json = nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class ExamplesTest : public ProgramTest {
 protected:
  /// A row of one of the files.
  static Json row(int id, const std::string& label, const std::string& prediction) {
    return {{"id", id},
            {"label", label},
            {"prediction", prediction},
            {"input", "question " + std::to_string(id)},
            {"slices", {{"lang", id % 2 ? "en" : "zh"}}}};
  }

  /// Both files: right twice, lost, gained, changed, so many times each.
  void write(int right, int lost, int gained, int changed) {
    baseline_.clear();
    candidate_.clear();
    const auto add = [&](const std::string& before, const std::string& now, int times) {
      for (int i = 0; i < times; ++i) {
        const int id = static_cast<int>(baseline_.size());
        baseline_.push_back(row(id, "a", before));
        candidate_.push_back(row(id, "a", now));
        baseline_.back()["score"] = 0.5;
        candidate_.back()["score"] = 0.25;
        baseline_.back()["note"] = "old note";
      }
    };
    add("a", "a", right);
    add("a", "b", lost);
    add("b", "a", gained);
    add("b", "c", changed);
    for (std::vector<Json>* rows : {&baseline_, &candidate_})
      for (const char* label : {"b", "c"}) {
        rows->push_back(row(9000 + static_cast<int>(*label), label, label));
      }
  }

  static std::string text_of(const std::vector<Json>& rows) {
    std::string text;
    for (const Json& row : rows) text += row.dump() + "\n";
    return text;
  }

  Outcome gate(const std::string& arguments) {
    return run("--baseline " + file("old.jsonl", text_of(baseline_)) + " --candidate " +
               file("new.jsonl", text_of(candidate_)) + " --output '" + (folder_ / "verdict.json").string() +
               "' " + arguments);
  }

  std::string examples_option() const { return " --examples '" + path().string() + "' "; }
  std::filesystem::path path() const { return folder_ / "examples.jsonl"; }

  std::vector<Json> examples() const {
    std::vector<Json> lines;
    std::istringstream text(read_file(path()));
    for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
    return lines;
  }

  std::vector<Json> of_kind(const std::string& kind) const {
    std::vector<Json> rows;
    for (const Json& line : examples())
      if (line["kind"] == kind) rows.push_back(line);
    return rows;
  }

  std::vector<Json> baseline_, candidate_;
};

TEST_F(ExamplesTest, shows_rows_of_each_kind_as_both_models_answered_them) {
  write(100, 6, 2, 1);
  EXPECT_EQ(gate("--check 'accuracy margin=1pp'" + examples_option() + "--examples-most 3").exit_code, 3);
  const std::vector<Json> lines = examples();
  EXPECT_EQ(lines.at(0), Json::parse(R"({"kind": "summary", "rows": 111, "lost": 6, "gained": 2, "changed": 1,
    "confusions": 2, "listed": {"lost": 3, "gained": 2, "changed": 1}})"));
  EXPECT_EQ(
      lines.at(1),
      Json::parse(R"({"kind": "confusion", "label": "a", "answer": "b", "baseline": 3, "candidate": 6})"));
  EXPECT_EQ(
      lines.at(2),
      Json::parse(R"({"kind": "confusion", "label": "a", "answer": "c", "baseline": 0, "candidate": 1})"));
  const std::vector<Json> lost = of_kind("lost");
  ASSERT_EQ(lost.size(), 3u);
  EXPECT_EQ(lost[0], Json::parse(R"({"kind": "lost", "id": 100, "label": "a",
    "baseline": {"prediction": "a", "score": 0.5, "note": "old note"}, "candidate": {"prediction": "b", "score": 0.25},
    "fields": {"input": "question 100", "slices": {"lang": "zh"}}})"));
  EXPECT_EQ(lost[2]["id"], 102) << "the first by their keys";
  EXPECT_EQ(of_kind("gained").size(), 2u);
  EXPECT_EQ(of_kind("changed").at(0)["candidate"]["prediction"], "c");
}

TEST_F(ExamplesTest, the_order_of_rows_makes_no_difference) {
  write(40, 30, 20, 10);
  gate("--check 'accuracy margin=1pp'" + examples_option() + "--examples-most 7");
  const std::string usual = read_file(path());
  std::reverse(baseline_.begin(), baseline_.end());
  std::rotate(candidate_.begin(), candidate_.begin() + 33, candidate_.end());
  gate("--check 'accuracy margin=1pp'" + examples_option() + "--examples-most 7");
  EXPECT_EQ(read_file(path()), usual);
}

TEST_F(ExamplesTest, a_first_release_shows_wrong_answers) {
  write(40, 3, 0, 2);
  const Outcome outcome = run("--first-release --candidate " + file("new.jsonl", text_of(candidate_)) +
                              " --check 'accuracy min=0.5'" + examples_option());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(
      examples().at(0),
      Json::parse(R"({"kind": "summary", "rows": 47, "wrong": 5, "confusions": 2, "listed": {"wrong": 5}})"));
  EXPECT_EQ(of_kind("wrong").at(0)["candidate"], Json::parse(R"({"prediction": "b", "score": 0.25})"));
  EXPECT_FALSE(of_kind("wrong").at(0).contains("baseline"));
}

TEST_F(ExamplesTest, rows_of_CSV_are_shown_as_texts) {
  const std::string before = file("old.csv", "id,label,prediction,slices.lang\n1,a,a,en\n2,b,b,en\n");
  const std::string now = file("new.csv", "id,label,prediction,slices.lang\n1,a,b,en\n2,b,b,en\n");
  run("--baseline " + before + " --candidate " + now + " --check 'accuracy margin=1pp'" + examples_option());
  EXPECT_EQ(of_kind("lost").at(0),
            Json::parse(R"({"kind": "lost", "id": "1", "label": "a", "baseline": {"prediction": "a"},
    "candidate": {"prediction": "b"}, "fields": {"slices.lang": "en"}})"));
}

TEST_F(ExamplesTest, of_merged_parts_what_was_read_is_shown) {
  write(100, 6, 2, 1);
  const std::string checks = "--check 'accuracy margin=1pp' --slice lang --redact label ";
  const std::string part = "'" + (folder_ / "1.part").string() + "'";
  ASSERT_EQ(run("--baseline " + file("old.jsonl", text_of(baseline_)) + " --candidate " +
                file("new.jsonl", text_of(candidate_)) + " " + checks + "--partial " + part)
                .exit_code,
            0);
  const Outcome outcome = run(checks + "--merge " + part + examples_option() + " --examples-most 1");
  EXPECT_THAT(outcome.err, Not(HasSubstr("redacted")));
  EXPECT_EQ(of_kind("lost").at(0), Json::parse(R"({"kind": "lost", "id": "100", "label": "[redacted]",
    "baseline": {"prediction": "[redacted]"}, "candidate": {"prediction": "[redacted]"},
    "fields": {"slices.lang": "zh"}})"));
  EXPECT_EQ(run(checks + "--merge " + part + " --examples " + part).exit_code, 2);
}

TEST_F(ExamplesTest, where_nothing_is_judged_none_are_left_from_before) {
  write(100, 6, 2, 1);
  gate("--check 'accuracy margin=1pp'" + examples_option());
  candidate_.pop_back();
  EXPECT_EQ(gate("--check 'accuracy margin=1pp'" + examples_option()).exit_code, 4);
  EXPECT_EQ(read_file(path()), "{\"kind\": \"summary\", \"rows\": 0}\n");
}

TEST_F(ExamplesTest, no_input_and_no_verdict_is_written_over) {
  write(100, 6, 2, 1);
  std::filesystem::create_symlink("new.jsonl", folder_ / "link");
  for (const char* name : {"old.jsonl", "new.jsonl", "verdict.json", "link", "./x/../new.jsonl"}) {
    const Outcome outcome =
        gate("--check 'accuracy margin=1pp' --examples '" + (folder_ / name).string() + "'");
    EXPECT_EQ(outcome.exit_code, 2) << name;
    EXPECT_THAT(outcome.err, HasSubstr("which is read or written otherwise"));
    EXPECT_EQ(read_file(folder_ / "new.jsonl"), text_of(candidate_));
  }
  EXPECT_EQ(gate("--check 'accuracy margin=1pp' --examples /dev/full").exit_code, 4);
}

TEST_F(ExamplesTest, need_a_check_of_predicted_classes) {
  write(100, 6, 2, 1);
  EXPECT_EQ(gate("--positive a --check 'roc_auc margin=1pp'" + examples_option()).exit_code, 2);
}

TEST_F(ExamplesTest, what_is_masked_is_masked_in_the_file_and_only_that) {
  write(100, 6, 2, 1);
  const Outcome outcome =
      gate("--check 'accuracy margin=1pp' --redact input --redact note --redact inptu" + examples_option());
  const Json lost = of_kind("lost").at(0);
  EXPECT_EQ(lost["fields"], Json::parse(R"({"input": "[redacted]", "slices": {"lang": "zh"}})"));
  EXPECT_EQ(lost["baseline"]["note"], "[redacted]");
  EXPECT_EQ(lost["id"], 100);
  EXPECT_THAT(outcome.err, HasSubstr("none of the examples has a field 'inptu', which is to be redacted"));
}

/// A secret planted into one field of every row, where the value may be anything.
class SecretTest : public ExamplesTest, public ::testing::WithParamInterface<const char*> {
 protected:
  static constexpr const char* secret = "hunter2";

  /// Everything that the gate left must be free of it.
  void expect_hidden(const std::string& arguments) {
    std::filesystem::remove(path());
    std::filesystem::remove(folder_ / "verdict.json");
    const Outcome outcome = gate(arguments + examples_option() + " --redact " + GetParam());
    const auto expect_none = [&](const std::string& text, const char* where) {
      EXPECT_THAT(text, Not(HasSubstr(secret))) << where << " of " << GetParam() << ": " << arguments;
    };
    expect_none(outcome.err, "stderr");
    expect_none(outcome.out, "stdout");
    for (const char* name : {"verdict.json", "examples.jsonl"})
      if (std::filesystem::exists(folder_ / name)) expect_none(read_file(folder_ / name), name);
    codes_.push_back(outcome.exit_code);
  }

  void plant() {
    const std::string named = GetParam();
    // What is predicted must be a label, and hiding one of them hides both.
    const std::vector<std::string> fields = named == "label" || named == "prediction"
                                                ? std::vector<std::string>{"label", "prediction"}
                                                : std::vector<std::string>{named};
    for (std::vector<Json>* rows : {&baseline_, &candidate_})
      for (Json& row : *rows)
        for (const std::string& field : fields) {
          Json& value = field == "user" ? row["slices"]["user"] : row[field];
          // Labels and ids stay different ones.
          value = secret + (value.is_null()     ? ""
                            : value.is_string() ? value.get<std::string>()
                                                : value.dump());
        }
  }

  std::vector<int> codes_;
};

TEST_P(SecretTest, is_in_nothing_that_is_written) {
  const std::string checks =
      "--check 'accuracy margin=1pp' --check 'f1(macro) margin=1pp min=0.99' --check 'negative_flip_rate "
      "max=1%' ";
  write(300, 60, 2, 10);
  plant();
  if (std::string(GetParam()) != "error") {
    gate(checks + examples_option());
    EXPECT_THAT(read_file(path()), HasSubstr(secret)) << "where nothing hides it";
  }
  expect_hidden(checks + "--slice lang");
  EXPECT_EQ(codes_.back(), std::string(GetParam()) == "error" ? 4 : 1);
  if (std::string(GetParam()) == "error") expect_hidden(checks + "--maximum-errors 100%");

  // Rows that are wrong in every way that is told of with examples.
  expect_hidden("--check 'recall(nothing) margin=1pp'");
  expect_hidden("--check 'recall margin=1pp'");
  expect_hidden("--check 'roc_auc(nothing) margin=1pp' " + checks);
  for (Json& row : candidate_) row["prediction"] = "hunter2 is no label";
  if (std::string(GetParam()) == "prediction" || std::string(GetParam()) == "label") expect_hidden(checks);
  write(300, 60, 2, 10);
  plant();
  candidate_[3]["label"] = std::string(GetParam()) == "label" ? "hunter2 x" : "b";
  candidate_[4]["cluster"] = "hunter2";
  candidate_[5]["slices"]["lang"] = "xx";
  expect_hidden(checks + "--slice lang");
  candidate_.push_back(candidate_[6]);
  candidate_.erase(candidate_.begin());
  candidate_[8].erase("prediction");
  expect_hidden(checks + "--slice lang");
  EXPECT_EQ(codes_.back(), 4);
}

TEST_P(SecretTest, is_in_no_message_about_other_metrics) {
  write(300, 60, 2, 10);
  for (std::vector<Json>* rows : {&baseline_, &candidate_})
    for (Json& row : *rows) {
      row["output"] = row["prediction"];
      row["reference"] = row["label"];
    }
  plant();
  for (std::vector<Json>* rows : {&baseline_, &candidate_})
    for (Json& row : *rows) {
      const auto label = row["label"].get<std::string>(), other = rows->back()["label"].get<std::string>();
      row["scores"] = {{label, 1.0}};
      if (label != other) row["scores"] = {{label, 0.75}, {other, 0.25}};
    }
  const std::string checks =
      "--check 'exact_match margin=1pp' --check 'log_loss margin=0.1' --check 'token_f1 margin=1pp' "
      "--check 'accuracy margin=1pp' ";
  expect_hidden(checks);
  EXPECT_EQ(codes_.back(), std::string(GetParam()) == "error" ? 4 : 1);
  for (const auto& [field, value] :
       std::map<std::string, Json>{{"reference", "hunter2 x"}, {"output", nullptr}, {"scores", nullptr}}) {
    const Json before = candidate_[3][field];
    candidate_[3][field] = std::string(GetParam()) == field || field != "reference" ? value : Json("x");
    expect_hidden(checks);
    EXPECT_EQ(codes_.back(), 4) << field;
    candidate_[3][field] = before;
  }
}

INSTANTIATE_TEST_SUITE_P(Fields, SecretTest,
                         ::testing::Values("id", "label", "prediction", "input", "output", "reference",
                                           "user", "error"),
                         [](const auto& info) { return std::string(info.param); });

TEST_F(ExamplesTest, a_field_that_checks_are_by_cannot_be_hidden) {
  write(100, 6, 2, 1);
  for (const char* field : {"lang", "slices.lang", "slices"}) {
    const Outcome outcome = gate("--check 'accuracy margin=1pp' --slice lang --redact " + std::string(field));
    EXPECT_EQ(outcome.exit_code, 2) << field;
    EXPECT_THAT(outcome.err, HasSubstr("hides 'lang', by which checks are parted"));
  }
}

}  // namespace
}  // namespace modelgate
