#include <gmock/gmock.h>

#include "schemas/tool/files.h"
#include "schemas/tool/tool.h"
#include "tests/gates/baseline/store_fixture.h"

namespace modelgate {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class ListingTest : public StoreTest {};

TEST_F(ListingTest, shows_every_version_in_order_and_by_what_it_was_judged) {
  release("v1.0.0", {{"a", "x"}});
  release("v1.1.0", {{"a", "y"}});
  save("v1.2.0", {{"a", std::string(2000, 'z')}, {"b", ""}});
  const std::string out = program("list").out;
  EXPECT_THAT(out,
              MatchesRegex("VERSION +STATE +JUDGED +SAVED +FILES +SIZE +COMMIT +DIGEST\n"
                           "v1.0.0 +released +first release, no baseline +2[-0-9T:]+Z +1 +1 B +sha256:.*\n"
                           "v1.1.0 +latest +against v1.0.0 .*\n"
                           "v1.2.0 +saved +not released .* 2 +2.0 KiB .*\n"));
}

TEST_F(ListingTest, as_json_for_programs) {
  release("v1.0.0", {{"a", "x"}});
  save("v1.2.0", {{"a", "z"}});
  const Node document = parse_json(program("list --json").out, "stdout");
  Fields fields(document);
  EXPECT_EQ(fields.text("latest"), "v1.0.0");
  const std::vector<Node> versions = fields.required("versions").items();
  ASSERT_EQ(versions.size(), 2u);
  Fields first(versions[0]), second(versions[1]);
  EXPECT_EQ(first.text("version"), "v1.0.0");
  EXPECT_EQ(first.text("state"), "released");
  EXPECT_TRUE(first.required("first_release").boolean());
  EXPECT_TRUE(first.required("baseline").is_null());
  EXPECT_EQ(second.text("state"), "saved");
  EXPECT_FALSE(second.optional("baseline"));
}

TEST_F(ListingTest, shows_one_version_with_its_files_and_its_verdict) {
  release("v1.0.0", {{"bin/run.exe", "#!"}, {"model.pt", "weights"}});
  const std::string first = program("show v1.0.0").out;
  EXPECT_THAT(first,
              AllOf(HasSubstr("released, the latest"), HasSubstr("first release, no baseline"),
                    HasSubstr("all 2 checks pass"), HasSubstr("model.pt"), HasSubstr("x  bin/run.exe")));
  release("v1.1.0", {{"a", "y"}});
  EXPECT_THAT(program("show latest").out, AllOf(HasSubstr("v1.1.0"), HasSubstr("against v1.0.0")));
  EXPECT_THAT(program("show v1.0.0").out, Not(HasSubstr("the latest")));
  EXPECT_EQ(program("show v1.1.0 --json").out, read_file(store() / "releases" / "v1.1.0.json"));
}

TEST_F(ListingTest, a_version_that_is_not_there_is_said_with_what_is_near) {
  save("v1.0.0", {{"a", "x"}});
  const Outcome outcome = program("show v1.0.1");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("Did you mean 'v1.0.0'?"));
  EXPECT_EQ(code("show ../../etc"), 2);
  EXPECT_EQ(code("verify v7"), 2);
}

TEST_F(ListingTest, names_cannot_steer_the_terminal) {
  make_folder("d", {{"a", "x"}});
  ASSERT_EQ(code("save d --version v1 --commit='ü ß'"), 0);
  EXPECT_THAT(program("list").out, HasSubstr("ü ß"));
}

TEST_F(ListingTest, output_that_cannot_be_written_is_an_error) {
  save("v1", {{"a", "x"}});
  for (const char* command : {"list", "list --json", "show v1", "show v1 --json"})
    EXPECT_EQ(program(std::string(command) + " >/dev/full").exit_code, 4) << command;
}

TEST_F(ListingTest, the_program_prints_its_version_and_its_commands_have_one_of_their_own) {
  EXPECT_EQ(program("--version").out, "modelgate-baseline " + product_version() + "\n");
  EXPECT_THAT(program("save --help").out,
              AllOf(HasSubstr("--version VERSION"), Not(HasSubstr("Print the version"))));
  EXPECT_THAT(program("checkout --help").out, HasSubstr("not by date"));
  EXPECT_EQ(code(""), 2);
  EXPECT_EQ(code("sav"), 2);
  make_folder("d", {{"a", "x"}});
  for (const char* nowhere : {"save '' --version v1", "save d --version v1 --store ''", "list --store=",
                              "show v1 --store=", "promote v1 --verdict=", "promote v1 --verdict x --store=",
                              "verify --store=", "checkout v1 --to=", "checkout v1 --to x --store="})
    EXPECT_EQ(code(nowhere), 2) << nowhere;
}

TEST_F(ListingTest, reading_needs_no_right_to_write) {
  release("v1", {{"a", "x"}});
  ASSERT_EQ(std::system(("chmod -R a-w '" + store().string() + "'").c_str()), 0);
  for (const char* command : {"list", "show v1", "verify", "checkout latest --to target"})
    EXPECT_EQ(code(command), 0) << command;
  ASSERT_EQ(std::system(("chmod -R u+w '" + store().string() + "'").c_str()), 0);
}

}  // namespace
}  // namespace modelgate
