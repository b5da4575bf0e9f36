#include "schemas/rows/redaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/rows/read_rows.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RowRequest hiding(std::vector<std::string> fields, FieldNames names = {}) {
  RowRequest request;
  request.names = std::move(names);
  request.redacted = std::move(fields);
  return request;
}

TEST(RedactionTest, a_field_is_hidden_with_all_below_it_and_wherever_it_stands) {
  const RowRequest request = hiding({"user", "meta.token"});
  for (const char* path :
       {"user", "user.name", "slices.user", "a.b.user", "a.user.c", "meta.token", "meta.token.x"})
    EXPECT_TRUE(is_redacted(request, path)) << path;
  for (const char* path : {"users", "use", "a.users", "superuser", "meta", "token", "meta.tokens", "a.token"})
    EXPECT_FALSE(is_redacted(request, path)) << path;
  EXPECT_FALSE(is_redacted(hiding({}), "user"));
}

TEST(RedactionTest, a_field_is_hidden_by_our_name_and_by_the_files) {
  const FieldNames names = {{"prediction", "answer"}, {"id", "meta.key"}, {"slices", "about"}};
  EXPECT_TRUE(is_redacted(hiding({"prediction"}, names), "answer"));
  EXPECT_TRUE(is_redacted(hiding({"answer"}, names), "prediction"));
  EXPECT_TRUE(is_redacted(hiding({"id"}, names), "meta.key"));
  EXPECT_TRUE(is_redacted(hiding({"meta.key"}, names), "id"));
  EXPECT_TRUE(is_redacted(hiding({"slices.lang"}, names), "about.lang"));
  EXPECT_TRUE(is_redacted(hiding({"about.lang"}, names), "slices.lang"));
  EXPECT_FALSE(is_redacted(hiding({"prediction"}, names), "label"));
  EXPECT_TRUE(is_redacted(hiding({"label"}), "target")) << "of lm-evaluation-harness";
  EXPECT_TRUE(is_redacted(hiding({"doc_id"}), "id"));
}

TEST(RedactionTest, what_is_shown_of_a_hidden_value_is_that_it_is_hidden) {
  EXPECT_EQ(shown(hiding({"id"}), "id", "secret"), "[redacted]");
  EXPECT_EQ(shown(hiding({"id"}), "label", "a\nb"), "a\\nb");
  EXPECT_EQ(shown(hiding({}), "label", "abcdef", 3), "abc…");
}

TEST(RedactionTest, errors_of_reading_show_no_hidden_value) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "redaction rows.csv";
  const auto message = [&](const std::string& text, const RowRequest& request) {
    write_file(path, text);
    try {
      read_rows(path, request);
    } catch (const Error& error) {
      return error.message();
    }
    return std::string("was accepted");
  };
  RowRequest request = hiding({"score", "sample"});
  request.numbers = {"score", "nll"};
  EXPECT_EQ(message("id,score\n1,hunter2\n", request), "'score' must be a number, and is [redacted]");
  EXPECT_EQ(message("id,sample\n1,hunter2\n", request), "'sample' must be a whole number, and is [redacted]");
  EXPECT_THAT(message("id,nll\n1,hunter2\n", request), HasSubstr("hunter2")) << "which is not hidden";
  EXPECT_THAT(message("hunter2\n", request), Not(HasSubstr("hunter2")))
      << "what stands in no field may be anything";
}

}  // namespace
}  // namespace modelgate
