#include "schemas/documents/green.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

const std::string abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

Green some_green() { return {3, "main", "v1", abc, "", "2026-11-29T01:00:00Z", abc, true, ""}; }

TEST(GreenDocument, survives_writing_and_reading) {
  Green green = some_green();
  EXPECT_EQ(green_from(parse_json(to_json(green), "g")), green);
  green.first_release = false;
  green.baseline = "v0.9";
  green.commit = "abc";
  green.branch = "release/1";
  EXPECT_EQ(green_from(parse_json(to_json(green), "g")), green);
}

TEST(GreenDocument, refuses_what_it_cannot_be) {
  const auto error = [](const Green& green) {
    return error_of([&] { green_from(parse_json(to_json(green), "g.json")); });
  };
  Green green = some_green();
  green.number = 0;
  EXPECT_THAT(error(green), HasSubstr("g.json#/number"));
  green = some_green();
  green.branch = "a b";
  EXPECT_EQ(error(green), "g.json#/branch: 'a b' is no name of a branch");
  green = some_green();
  green.version = "../v1";
  EXPECT_EQ(error(green), "g.json#/release: '../v1' cannot be a version");
  green = some_green();
  green.verdict_digest = "sha256:1";
  EXPECT_THAT(error(green), HasSubstr("g.json#/verdict_digest: is not a digest"));
}

}  // namespace
}  // namespace modelgate
