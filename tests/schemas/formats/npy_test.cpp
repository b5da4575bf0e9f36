#include "schemas/formats/npy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/formats/python_literal.h"
#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::string_literals;

/// A file of version 1.0 with this header and so many bytes of elements.
std::string npy(const std::string& header, std::size_t bytes, char version = 1) {
  std::string file = std::string(npy_magic) + version + '\0';
  file += static_cast<char>(header.size() & 0xff);
  file += static_cast<char>(header.size() >> 8);
  if (version > 1) file += "\0\0"s;
  return file + header + std::string(bytes, '\1');
}

std::string header(const std::string& descr, const std::string& shape, const std::string& order = "False") {
  return "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }    \n";
}

std::vector<ArrayView> read(const std::string& file) {
  return npy_arrays(std::as_bytes(std::span(file)), "a.npy");
}

std::string error_in(const std::string& file) {
  const std::string error = error_of([&] { read(file); });
  return error.starts_with("a.npy: ") ? error.substr(7) : error;
}

TEST(Npy, of_every_version_give_the_same_array) {
  for (const char version : {'\1', '\2', '\3'}) {
    const std::string file = npy(header("'<f8'", "(3, 2)"), 48, version);
    const std::vector<ArrayView> arrays = read(file);
    ASSERT_EQ(arrays.size(), 1u);
    EXPECT_EQ(arrays[0].name, "");
    EXPECT_EQ(arrays[0].type, ElementType::floating);
    EXPECT_THAT(arrays[0].shape, ElementsAre(3, 2));
    EXPECT_THAT(arrays[0].strides, ElementsAre(16, 8));
    EXPECT_EQ(arrays[0].bytes.size(), 48u);
  }
}

TEST(Npy, tell_order_and_byte_order) {
  const std::string file = npy(header("'>i4'", "(3, 2)", "True"), 24);
  const ArrayView array = read(file)[0];
  EXPECT_THAT(array.strides, ElementsAre(4, 12));
  EXPECT_TRUE(array.big_endian);
  EXPECT_EQ(read(npy(header("'|b1'", "(5,)"), 5))[0].type, ElementType::boolean);
  EXPECT_EQ(read(npy(header("'|S3'", "(2,)"), 6))[0].element_bytes, 3u);
  EXPECT_EQ(read(npy(header("'<U3'", "(2,)"), 24))[0].element_bytes, 12u);
  EXPECT_EQ(read(npy(header("'<c16'", "(1,)"), 16))[0].type, ElementType::unreadable);
  EXPECT_EQ(read(npy(header("'<f16'", "(1,)"), 16))[0].type, ElementType::unreadable);
}

TEST(Npy, of_structured_elements_are_an_array_for_each_field) {
  const std::string file = npy(
      header("[('id', '<i4'), ('', '|V4'), ('s', '<f8', (2,)), ('n', [('a', '|u1'), ('b', '|S2', (2, 3))])]",
             "(2,)"),
      2 * (8 + 16 + 13));
  const std::vector<ArrayView> arrays = read(file);
  ASSERT_EQ(arrays.size(), 5u);
  EXPECT_EQ(arrays[2].name, "s");
  EXPECT_THAT(arrays[2].shape, ElementsAre(2, 2));
  EXPECT_THAT(arrays[2].strides, ElementsAre(37, 8));
  EXPECT_EQ(arrays[2].bytes.size(), 74u - 8);
  EXPECT_EQ(arrays[3].name, "n.a");
  EXPECT_EQ(arrays[4].name, "n.b");
  EXPECT_THAT(arrays[4].shape, ElementsAre(2, 2, 3));
  EXPECT_THAT(arrays[4].strides, ElementsAre(37, 6, 2));
  EXPECT_EQ(arrays[4].bytes.size(), 74u - 25);
}

TEST(Npy, that_are_damaged_are_refused) {
  EXPECT_EQ(error_in("PK"), "is no .npy file");
  EXPECT_EQ(error_in(npy(header("'<f8'", "(3,)"), 24, 4)),
            "is of version 4 of the .npy format, which is not known");
  EXPECT_EQ(error_in(npy(header("'<f8'", "(3,)"), 23)),
            "is cut off: 24 bytes of elements are announced, and 23 are there");
  EXPECT_EQ(error_in(npy(header("'<f8'", "(3,)"), 25)), "holds 1 bytes that belong to no element");
  EXPECT_EQ(error_in(npy(header("'<f8'", "(3,)"), 0).substr(0, 40)), "is cut off within its header");
  EXPECT_THAT(error_in(npy(header("'|O'", "(1,)"), 8)), HasSubstr("holds Python objects"));
  EXPECT_THAT(error_in(npy(header("'<x'", "(1,)"), 8)),
              HasSubstr("has elements of '<x', which are not known"));
  EXPECT_EQ(error_in(npy(header("'<f8'", "(-1,)"), 0)), "has a header with a negative size");
  for (const char* shape : {"(4611686018427387904, 8)", "(9223372036854775807,)"})
    EXPECT_EQ(error_in(npy(header("'<f8'", shape), 0)), "has a shape that is too large");
  EXPECT_EQ(error_in(npy(header("'<U4611686018427387905'", "(1,)"), 0)), "has a shape that is too large");
  EXPECT_EQ(error_in(npy("{'descr': '<f8', 'shape': (1,)}", 8)),
            "has a header without 'descr', 'fortran_order' or 'shape'");
  EXPECT_EQ(error_in(npy(header("[('a',)]", "(1,)"), 8)), "has a header with a field that is not understood");
  std::string many = "[";
  for (int i = 0; i < 1001; ++i) many += "('f" + std::to_string(i) + "', '|u1'), ";
  EXPECT_EQ(error_in(npy(header(many + "]", "(0,)"), 0)), "has more than 1000 fields");
}

TEST(PythonLiteral, reads_what_headers_hold) {
  const PythonLiteral value =
      python_literal(R"( {'a': [1, -2, 3L], "b\\'": ('x',), 'c': True, 'd': {}, 'e': ()} )", "h");
  ASSERT_EQ(value.keys.size(), 5u);
  EXPECT_EQ(value.find("a")->items[1].whole, -2);
  EXPECT_EQ(value.find("b\\'")->items[0].text, "x");
  EXPECT_EQ(value.find("c")->whole, 1);
  EXPECT_EQ(value.find("z"), nullptr);
}

TEST(PythonLiteral, refuses_what_is_none) {
  for (const char* text : {"", "{", "{'a': 1", "{'a' 1}", "{1: 2}", "{'a': 1, 'a': 2}", "[1 2]", "[1,,2]",
                           "'a", "'\\n'", "None", "1 2", "99999999999999999999", "f(1)", "{'a': 1} x"})
    EXPECT_THAT(error_of([&] { python_literal(text, "h"); }),
                HasSubstr("h: has a header that is not understood"))
        << text;
  EXPECT_THAT(error_of([&] { python_literal(std::string(100'000, '['), "h"); }),
              HasSubstr("nested too deeply"));
}

}  // namespace
}  // namespace modelgate
