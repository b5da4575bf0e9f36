#include "gates/quality/slices/slice_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/quality/slices/slice_demands.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(SliceTextTest, a_field_a_crossing_and_bins) {
  EXPECT_EQ(parse_slicing("lang", ""), (Slicing{{"lang", {}}}));
  EXPECT_EQ(parse_slicing("slices.lang*length[-1.5,0,1e3]*channel", ""),
            (Slicing{{"slices.lang", {}}, {"length", {-1.5, 0, 1000}}, {"channel", {}}}));
  EXPECT_EQ(parse_slicing("a\\*b\\[c", ""), (Slicing{{"a*b[c", {}}})) << "a backslash takes a sign as it is";
  EXPECT_THAT(shown_names(parse_slicing("slices.lang*channel", "")), ElementsAre("channel", "lang"));
}

TEST(SliceTextTest, bins_are_half_open_and_hold_every_number) {
  const SliceField field = parse_slicing("length[0,10,100.5]", "").front();
  EXPECT_THAT(field.bins(), ElementsAre("below 0", "0 to below 10", "10 to below 100.5", "100.5 and above"));
  EXPECT_EQ(field.bin_of(-1e300), 0u);
  EXPECT_EQ(field.bin_of(-1e-300), 0u);
  EXPECT_EQ(field.bin_of(0), 1u);
  EXPECT_EQ(field.bin_of(-0.0), 1u);
  EXPECT_EQ(field.bin_of(9.999), 1u);
  EXPECT_EQ(field.bin_of(10), 2u) << "an edge belongs to the bin above it";
  EXPECT_EQ(field.bin_of(100.5), 3u);
  EXPECT_EQ(field.bin_of(1e300), 3u);
  EXPECT_THAT(parse_slicing("x[5]", "").front().bins(), ElementsAre("below 5", "5 and above"));
}

TEST(SliceTextTest, what_cannot_be_read_is_refused_with_what_to_write) {
  for (const auto& [text, words] :
       std::vector<std::pair<std::string, std::string>>{{"", "names no field"},
                                                        {"*", "names no field"},
                                                        {"lang*", "names no field"},
                                                        {"slices.", "names no field"},
                                                        {"[0,1]", "names no field"},
                                                        {"length[", "not closed"},
                                                        {"length[]", "no edge"},
                                                        {"length[0,]", "no edge"},
                                                        {"length[0,ten]", "'ten' is no edge"},
                                                        {"length[0, 1]", "no edge"},
                                                        {"length[nan]", "no edge"},
                                                        {"length[0,inf]", "no edge"},
                                                        {"length[10,0]", "do not rise at 0"},
                                                        {"length[1,1]", "do not rise"},
                                                        {"length[0,1]x", "'x' is not understood"},
                                                        {"lang*slices.lang", "'lang' twice"},
                                                        {"length[0]*length[1]", "'length' twice"},
                                                        {"a*b*c*d*e*f", "more than 5 fields"},
                                                        {"a\nb", "cannot be printed"}}) {
    try {
      parse_slicing(text, "--slice");
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_THAT(error.message(), HasSubstr(words)) << text;
      EXPECT_EQ(error.where(), "--slice");
    }
  }
}

std::vector<std::string> texts_of(const std::vector<CheckText>& checks) {
  std::vector<std::string> texts;
  for (const CheckText& check : checks)
    texts.push_back(check.name + (check.by.empty() ? "" : " " + check.by));
  return texts;
}

TEST(SliceDemandsTest, a_slice_is_added_to_checks_of_all_rows_unless_one_of_its_own_is_there) {
  const std::vector<CheckText> checks = {parse_check("accuracy margin=1pp"),
                                         parse_check("accuracy margin=3pp by=lang"),
                                         parse_check("f1(macro) margin=1pp")};
  EXPECT_THAT(texts_of(with_slices(checks, {"lang", "lang*channel"})),
              ElementsAre("accuracy", "accuracy lang*channel", "accuracy lang", "f1(macro)", "f1(macro) lang",
                          "f1(macro) lang*channel"));
  EXPECT_EQ(with_slices(checks, {"slices.lang"}).size(), 4u) << "lang and slices.lang are the same";
  EXPECT_EQ(with_slices(checks, {}).size(), 3u);
  EXPECT_THROW(with_slices(checks, {"lang", "slices.lang"}), Error);
  EXPECT_THROW(with_slices(checks, {"a*b", "b*a"}), Error);
  EXPECT_THROW(with_slices(checks, {"a["}), Error);
}

TEST(SliceDemandsTest, expected_slices_are_of_fields_that_a_check_is_by) {
  const std::vector<CheckText> checks = {parse_check("accuracy margin=1pp by=channel*lang"),
                                         parse_check("accuracy margin=3pp by=lang")};
  EXPECT_THAT(expected_slices({"lang=zh", "lang=zh*channel=a=b"}, checks),
              ElementsAre(SliceName{{"lang", "zh"}}, SliceName{{"lang", "zh"}, {"channel", "a=b"}}));
  for (const char* text :
       {"channel=web", "lang", "lang=", "=zh", "", "lang=zh*", "lang=zh*lang=en", "length=1"})
    EXPECT_THROW(expected_slices({text}, checks), Error) << text;
  EXPECT_THROW(expected_slices({"lang=zh", "slices.lang=zh"}, checks), Error);
}

}  // namespace
}  // namespace modelgate
