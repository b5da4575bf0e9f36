#include "schemas/formats/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <stdexcept>

#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string little_endian(std::uint64_t number) {
  std::string bytes(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(number >> (8 * i) & 0xff);
  return bytes;
}

std::string with_header(const std::string& header, const std::string& data) {
  return little_endian(header.size()) + header + data;
}

std::string one_tensor(const std::string& dtype, const std::string& shape, const std::string& offsets,
                       std::size_t bytes) {
  return with_header(
      "{\"x\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}",
      std::string(bytes, 'x'));
}

class SafetensorsTest : public ::testing::Test {
 protected:
  Safetensors read(const std::string& bytes) { return Safetensors(folder_.with("t.safetensors", bytes)); }

  /// What is said of the bytes, from behind the file's name on.
  std::string error_in(const std::string& bytes) {
    const std::string error = error_of([&] { read(bytes); });
    const std::size_t at = error.find("t.safetensors");
    return at == std::string::npos ? error : error.substr(at + 13);
  }

  const TemporaryFolder folder_;
};

TEST_F(SafetensorsTest, reads_bytes_that_were_made_by_hand) {
  // As Python's struct makes them: 8 bytes of length, the header, 1.0f and -2.5f, then the bytes 1, 0, 1.
  const std::string header =
      R"({"__metadata__":{"format":"pt"},"f":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"BOOL","shape":[3],"data_offsets":[8,11]}})";
  const Safetensors file =
      read(with_header(header, std::string("\x00\x00\x80\x3f\x00\x00\x20\xc0\x01\x00\x01", 11)));
  ASSERT_EQ(file.tensors().size(), 2u);
  EXPECT_EQ(file.tensors()[0].name, "f");
  EXPECT_EQ(file.tensors()[0].dtype, "F32");
  EXPECT_THAT(file.tensors()[0].shape, ElementsAre(1, 2));
  EXPECT_EQ(file.tensors()[0].elements(), 2);
  float values[2];
  std::memcpy(values, file.tensors()[0].bytes.data(), 8);
  EXPECT_THAT(values, ElementsAre(1.0f, -2.5f));
  EXPECT_THAT(file.find("b")->bytes, ElementsAre(std::byte{1}, std::byte{0}, std::byte{1}));
  EXPECT_EQ(file.find("c"), nullptr);
  EXPECT_THAT(file.metadata(), ElementsAre(Pair("format", "pt")));
}

TEST_F(SafetensorsTest, orders_tensors_by_their_bytes) {
  const Safetensors file = read(with_header(
      R"({"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
      "xy"));
  EXPECT_EQ(file.tensors()[0].name, "a");
  EXPECT_EQ(file.tensors()[1].name, "b");
}

TEST_F(SafetensorsTest, takes_scalars_empty_tensors_and_files_without_tensors) {
  EXPECT_EQ(read(one_tensor("F64", "[]", "[0,8]", 8)).tensors()[0].elements(), 1);
  EXPECT_EQ(read(one_tensor("F32", "[0]", "[0,0]", 0)).tensors()[0].elements(), 0);
  EXPECT_EQ(read(one_tensor("F32", "[3,0,5]", "[0,0]", 0)).tensors()[0].elements(), 0);
  EXPECT_TRUE(read(with_header("{}", "")).tensors().empty());
  EXPECT_TRUE(read(with_header("{\"__metadata__\":{}}   ", "")).tensors().empty());
  const Safetensors both = read(with_header(
      R"({"e":{"dtype":"U8","shape":[0],"data_offsets":[1,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"f":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
      "xy"));
  EXPECT_EQ(both.tensors().size(), 3u);
}

TEST_F(SafetensorsTest, writes_what_it_reads) {
  const std::vector<float> floats = {1, 2, 3, 4, 5, 6};
  const std::vector<std::int64_t> whole = {-1};
  const std::vector<Tensor> tensors = {{"客服 \"1\"", "F32", {2, 3}, std::as_bytes(std::span(floats))},
                                       {"scalar", "I64", {}, std::as_bytes(std::span(whole))},
                                       {"none", "BF16", {0, 7}, {}}};
  const auto path = folder_ / "new folder/w.safetensors";
  write_safetensors(path, tensors, {{"model", "v1"}});
  const Safetensors file(path);
  ASSERT_EQ(file.tensors().size(), 3u);
  for (const Tensor& tensor : tensors) {
    const Tensor* found = file.find(tensor.name);
    ASSERT_NE(found, nullptr) << tensor.name;
    EXPECT_EQ(found->dtype, tensor.dtype);
    EXPECT_EQ(found->shape, tensor.shape);
    ASSERT_EQ(found->bytes.size(), tensor.bytes.size());
    EXPECT_TRUE(std::equal(found->bytes.begin(), found->bytes.end(), tensor.bytes.begin()));
  }
  EXPECT_THAT(file.metadata(), ElementsAre(Pair("model", "v1")));
  const std::string bytes = read_file(path);
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), 8);
  EXPECT_EQ(length % 8, 0u) << "so that the data are aligned";
}

TEST_F(SafetensorsTest, does_not_write_what_it_would_refuse) {
  const std::vector<float> floats = {1, 2, 3};
  const Tensor good{"x", "F32", {3}, std::as_bytes(std::span(floats))};
  Tensor bad = good;
  bad.shape = {2};
  EXPECT_THROW(write_safetensors(folder_ / "w", {bad}), std::logic_error);
  EXPECT_THROW(write_safetensors(folder_ / "w", {good, good}), std::logic_error);
  bad = good;
  bad.dtype = "F33";
  EXPECT_THROW(write_safetensors(folder_ / "w", {bad}), std::logic_error);
  bad = good;
  bad.name = "__metadata__";
  EXPECT_THROW(write_safetensors(folder_ / "w", {bad}), std::logic_error);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "w"));
}

TEST_F(SafetensorsTest, refuses_a_header_that_lies_about_its_length) {
  EXPECT_EQ(error_in(""), ": is no safetensors file: it has only 0 bytes");
  EXPECT_EQ(error_in("1234567"), ": is no safetensors file: it has only 7 bytes");
  for (const std::uint64_t length :
       {std::uint64_t{3}, std::uint64_t{100} << 20, (std::uint64_t{100} << 20) + 1, std::uint64_t{1} << 40,
        std::uint64_t{1} << 63, ~std::uint64_t{0}, ~std::uint64_t{7}})
    EXPECT_EQ(error_in(little_endian(length) + "{}"),
              ": is no safetensors file, or was cut off: its header should have " + std::to_string(length) +
                  " bytes, the file has 10");
}

TEST_F(SafetensorsTest, refuses_a_header_that_is_no_json_object) {
  EXPECT_EQ(error_in(with_header("", "")), ": is no safetensors file: its header is no JSON object");
  EXPECT_EQ(error_in(with_header("[]", "")), ": is no safetensors file: its header is no JSON object");
  EXPECT_EQ(error_in(with_header(" {}", "")), ": is no safetensors file: its header is no JSON object");
  EXPECT_THAT(error_in(with_header("{\"x\":", "")), HasSubstr("the JSON ends too early"));
  EXPECT_EQ(error_in(with_header("{\"x\": 1}", "")), "#/x: expected a map, found a number (1)");
  EXPECT_EQ(error_in(with_header("{\"__metadata__\": {\"a\": []}}", "")),
            "#/__metadata__/a: expected text or a number, found a list");
  EXPECT_THAT(error_in(with_header(R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"x":{}})", "x")),
              HasSubstr("#/x: the key 'x' is there twice"));
  EXPECT_THAT(error_in(with_header(std::string("{}\0", 3), "")), HasSubstr("NUL"));
}

TEST_F(SafetensorsTest, refuses_a_tensor_that_lies) {
  EXPECT_EQ(error_in(one_tensor("F33", "[1]", "[0,4]", 4)), "#/x/dtype: the dtype 'F33' is not known");
  EXPECT_EQ(error_in(one_tensor("F32", "[2]", "[0,4]", 4)),
            "#/x/shape: a shape of 2 elements of F32 does not fit 4 bytes");
  EXPECT_EQ(error_in(one_tensor("F32", "[1]", "[0,8]", 8)),
            "#/x/shape: a shape of 1 elements of F32 does not fit 8 bytes");
  EXPECT_EQ(error_in(one_tensor("F32", "[2]", "[0,8]", 4)),
            "#/x/data_offsets: the tensor ends at byte 8, and the file holds 4: it was cut off");
  EXPECT_EQ(error_in(one_tensor("U8", "[-1]", "[0,1]", 1)),
            "#/x/shape/0: expected a whole number of at least 0, found -1");
  EXPECT_EQ(error_in(one_tensor("U8", "[1.0]", "[0,1]", 1)),
            "#/x/shape/0: expected a whole number, found 1.0");
  EXPECT_EQ(error_in(one_tensor("U8", "[1]", "[1,0]", 1)),
            "#/x/data_offsets/1: expected a whole number of at least 1, found 0");
  EXPECT_EQ(error_in(one_tensor("U8", "[1]", "[-1,0]", 1)),
            "#/x/data_offsets/0: expected a whole number of at least 0, found -1");
  EXPECT_EQ(error_in(one_tensor("U8", "[1]", "[0]", 1)), "#/x/data_offsets: expected two offsets");
  EXPECT_EQ(error_in(one_tensor("U8", "[1]", "[0,1,2]", 1)), "#/x/data_offsets: expected two offsets");
  EXPECT_EQ(error_in(one_tensor("U8", "1", "[0,1]", 1)), "#/x/shape: expected a list, found a number (1)");
  EXPECT_THAT(error_in(with_header(R"({"x":{"dtype":"U8","shape":[1]}})", "x")),
              HasSubstr("'data_offsets' is missing"));
  EXPECT_THAT(
      error_in(with_header(R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"extra":1}})", "x")),
      HasSubstr("unknown key 'extra'"));
}

TEST_F(SafetensorsTest, refuses_shapes_whose_product_overflows) {
  for (const char* shape : {"[4294967296,4294967296]", "[4294967296,4294967296,0]",
                            "[9000000000000000,9000000000000000]", "[3037000500,3037000500]"})
    EXPECT_EQ(error_in(one_tensor("U8", shape, "[0,0]", 0)), "#/x/shape: the shape is too large") << shape;
  // Fits an integer as a number of elements and not as a number of bytes: 2^61 × 8 would be 0.
  EXPECT_EQ(error_in(one_tensor("F64", "[2147483648,1073741824]", "[0,0]", 0)),
            "#/x/shape: a shape of 2305843009213693952 elements of F64 does not fit 0 bytes");
  EXPECT_EQ(error_in(one_tensor("U8", "[18446744073709551615]", "[0,0]", 0)),
            "#/x/shape/0: the whole number 18446744073709551615 is too large");
}

TEST_F(SafetensorsTest, refuses_bytes_that_overlap_leave_gaps_or_belong_to_nobody) {
  const auto two = [](const std::string& a, const std::string& b, std::size_t bytes) {
    return with_header("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":" + a +
                           "},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":" + b + "}}",
                       std::string(bytes, 'x'));
  };
  EXPECT_EQ(error_in(two("[0,2]", "[2,4]", 4)), "");
  EXPECT_EQ(error_in(two("[0,2]", "[1,3]", 3)), ": the bytes of the tensor 'b' overlap another tensor's");
  EXPECT_EQ(error_in(two("[0,2]", "[0,2]", 2)), ": the bytes of the tensor 'b' overlap another tensor's");
  EXPECT_EQ(error_in(two("[0,2]", "[3,5]", 5)), ": the bytes of the tensor 'b' follow a gap");
  EXPECT_EQ(error_in(two("[1,3]", "[3,5]", 5)), ": the bytes of the tensor 'a' follow a gap");
  EXPECT_EQ(error_in(two("[0,2]", "[2,4]", 7)), ": holds 3 bytes that belong to no tensor");
  EXPECT_EQ(error_in(with_header("{}", "x")), ": holds 1 bytes that belong to no tensor");
}

TEST_F(SafetensorsTest, finds_each_of_very_many_tensors) {
  std::string header = "{";
  for (int i = 0; i < 50'000; ++i)
    header += (i > 0 ? ",\"" : "\"") + std::to_string(i) +
              "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
  const Safetensors file = read(with_header(header + "}", ""));
  for (int i = 0; i < 50'000; ++i) ASSERT_NE(file.find(std::to_string(i)), nullptr);
}

TEST_F(SafetensorsTest, that_cannot_be_read_is_named) {
  EXPECT_THAT(error_of([&] { Safetensors(folder_ / "none"); }, ErrorKind::infrastructure),
              HasSubstr("cannot be opened"));
  EXPECT_THAT(error_of([&] { Safetensors{folder_.path()}; }, ErrorKind::infrastructure),
              HasSubstr("is not a regular file"));
}

}  // namespace
}  // namespace modelgate
