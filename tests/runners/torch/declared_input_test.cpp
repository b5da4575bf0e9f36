#include "runners/torch/declared_input.h"

#include <gmock/gmock.h>

#include "tests/runners/torch/folder_of_test.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Kind = DeclaredInput::Dimension::Kind;

std::string refusal_of(const std::string& text) {
  return refusal([&] { declared_input_from(text); });
}

TEST(DeclaredInputs, say_name_dtype_dimensions_and_range) {
  const DeclaredInput tokens = declared_input_from("tokens: int64[batch, length] 1..9999");
  EXPECT_EQ(tokens.name, "tokens");
  EXPECT_EQ(tokens.dtype, "int64");
  EXPECT_EQ(tokens.lowest, 1);
  EXPECT_EQ(tokens.highest, 9999);
  EXPECT_THAT(tokens.sizes({8, 128}), ElementsAre(8, 128));
  const DeclaredInput image = declared_input_from("image:float32[batch,3,224,224]");
  EXPECT_THAT(image.sizes({2, {}}), ElementsAre(2, 3, 224, 224));
  EXPECT_EQ(image.lowest, 0);
  EXPECT_EQ(image.highest, 1);
  EXPECT_EQ(declared_input_from("x: float64[batch] -1.5 .. 1e3").lowest, -1.5);
  EXPECT_THAT(declared_input_from("mask: bool[batch, length]").dimensions[1].kind, Kind::length);
  EXPECT_THAT(declared_input_from("temperature: float32[]").sizes({2, {}}), ElementsAre());
}

TEST(DeclaredInputs, that_are_wrong_are_answered_with_what_is_meant) {
  for (const char* wrong :
       {"", "tokens", "int64[batch]", "tokens: int64", "tokens: int64 batch]", "]:[", ": int64[batch] 0..1"})
    EXPECT_THAT(refusal_of(wrong), HasSubstr("Write it like 'input: float32[batch, 16]'")) << wrong;
  EXPECT_THAT(refusal_of("x: fp16[batch]"), HasSubstr("Did you mean 'float16'?"));
  EXPECT_THAT(refusal_of("x: int46[batch] 0..1"), HasSubstr("Did you mean 'int64'?"));
  EXPECT_THAT(refusal_of("x: float32[bacth]"), HasSubstr("Did you mean 'batch'?"));
  for (const char* wrong :
       {"x: float32[batch, 0]", "x: float32[batch, -3]", "x: float32[batch,,3]", "x: float32[1.5]"})
    EXPECT_THAT(refusal_of(wrong), HasSubstr("is neither batch, length nor a number above 0")) << wrong;
  EXPECT_THAT(refusal_of("ids: int64[batch]"), HasSubstr("does not say which whole numbers it holds"));
  EXPECT_THAT(refusal_of("ids: int64[batch] 0-9"), HasSubstr("is no range"));
  EXPECT_THAT(refusal_of("ids: int64[batch] 9..0"), HasSubstr("is empty"));
  EXPECT_THAT(refusal_of("ids: int64[batch] 0..0.5"), HasSubstr("is no whole number"));
  EXPECT_THAT(refusal_of("ids: uint8[batch] 0..256"), HasSubstr("256 is no value of uint8"));
  EXPECT_THAT(refusal_of("x: float32[batch] 0..nan"), HasSubstr("'nan' is no number"));
  EXPECT_THAT(refusal_of("x: float32[batch] 0..inf"), HasSubstr("'inf' is no number"));
}

TEST(DeclaredInputs, larger_than_the_memory_of_most_are_refused_before_they_are_made) {
  const DeclaredInput input = declared_input_from("x: float32[batch, 65536, 65536, 65536]");
  EXPECT_THAT(refusal([&] { input.sizes({8, {}}); }), HasSubstr("would be larger than 4 GiB in a call of 8"));
}

TEST(DeclaredInputs, belong_together) {
  const auto refused = [](const std::vector<std::string>& texts, bool with_lengths) {
    return refusal([&] { declared_inputs_from(texts, with_lengths); });
  };
  EXPECT_EQ(refused({}, true), "");
  EXPECT_EQ(refused({"a: float32[batch, length]", "b: float32[3]"}, true), "");
  EXPECT_THAT(refused({"a: float32[batch]", "a: float32[3]"}, false), HasSubstr("declares 'a' twice"));
  EXPECT_THAT(refused({"a: float32[3]"}, false), HasSubstr("no input has the dimension 'batch'"));
  EXPECT_THAT(refused({"a: float32[batch]"}, true), HasSubstr("--lengths: no input of --shapes has"));
  EXPECT_THAT(refused({"a: float32[batch, length]"}, false), HasSubstr("--lengths says nothing"));
}

}  // namespace
}  // namespace modelgate
