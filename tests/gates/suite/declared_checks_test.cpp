// What the plan declares must have been decided.

#include <gmock/gmock.h>

#include "schemas/tool/error.h"
#include "tests/gates/suite/suite_fixture.h"

namespace modelgate {
namespace {

TEST_F(SuiteTest, a_declared_check_that_was_not_decided_is_an_error) {
  leave("quality", {check_of("quality", "recall(x)", Status::pass)});
  EXPECT_EQ(error_reason(), "check_missing");
}

TEST_F(SuiteTest, a_declared_limit_and_a_declared_slice_must_be_decided_too) {
  declare_check("accuracy margin=1pp min=0.8");
  EXPECT_EQ(error_reason(), "check_missing");
  leave("quality", {check_of("quality", "accuracy min", Status::pass)});
  EXPECT_EQ(error_reason(), "check_missing");
  leave("quality",
        {check_of("quality", "accuracy", Status::pass), check_of("quality", "accuracy min", Status::pass)});
  EXPECT_EQ(join().status, Status::pass);

  declare_check("accuracy margin=1pp by=lang");
  EXPECT_EQ(error_reason(), "check_missing");
  Check slice = check_of("quality", "accuracy", Status::pass);
  slice.slice = {{"channel", "mail"}};
  leave("quality", {slice});
  EXPECT_EQ(error_reason(), "check_missing");
  slice.slice = {{"lang", "zh"}};
  leave("quality", {slice});
  EXPECT_EQ(join().status, Status::pass);

  declare_check("accuracy margin=1pp");
  EXPECT_EQ(error_reason(), "check_missing") << "a slice is not the whole";
}

TEST_F(SuiteTest, a_declared_crossing_must_be_decided_by_all_of_its_fields) {
  declare_check("accuracy margin=1pp by=lang*channel");
  Check slice = check_of("quality", "accuracy", Status::pass);
  slice.slice = {{"lang", "zh"}};
  leave("quality", {slice});
  EXPECT_EQ(error_reason(), "check_missing");
  slice.slice = {{"channel", "mail"}, {"lang", "zh"}};
  leave("quality", {slice});
  EXPECT_EQ(join().status, Status::pass);
}

TEST_F(SuiteTest, the_slices_of_a_gate_are_declared_for_each_of_its_checks) {
  declare_check("accuracy margin=1pp\"], slices: [lang, \"length[0,10]");
  const auto leave_by = [&](const std::vector<std::map<std::string, std::string>>& slices) {
    std::vector<Check> checks;
    for (const auto& name : slices) {
      checks.push_back(check_of("quality", "accuracy", Status::pass));
      checks.back().slice = name;
    }
    leave("quality", checks);
  };
  leave_by({{}});
  EXPECT_EQ(error_reason(), "check_missing");
  leave_by({{}, {{"lang", "zh"}}});
  EXPECT_EQ(error_reason(), "check_missing");
  leave_by({{}, {{"lang", "zh"}}, {{"length", "10 and above"}}});
  EXPECT_EQ(join().status, Status::pass);
  declare_check("accuracy margin=1pp\"], slices: [\"length[10,0]");
  EXPECT_THROW(join(), Error);
  declare_check("accuracy margin=1pp\"], expect_slices: [\"lang=zh");
  EXPECT_THROW(join(), Error) << "no check is by lang";
}

TEST_F(SuiteTest, a_declared_check_may_name_a_class_of_several_words) {
  declare_check("recall(lost card) margin=1pp");
  leave("quality", {check_of("quality", "recall(lost", Status::pass)});
  EXPECT_EQ(error_reason(), "check_missing");
  leave("quality", {check_of("quality", "recall(lost card)", Status::pass)});
  EXPECT_EQ(join().status, Status::pass);
}

}  // namespace
}  // namespace modelgate
