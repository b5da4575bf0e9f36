#include <gmock/gmock.h>

#include <cstring>

#include "runners/torch/data_set.h"
#include "schemas/formats/safetensors.h"
#include "schemas/tool/files.h"
#include "tests/runners/torch/folder_of_test.h"

namespace modelgate {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class JsonRowsTest : public ::testing::Test {
 protected:
  DataSet read(const std::string& lines, const DataDemands& demands = {}) {
    write_file(folder_ / "rows.jsonl", lines);
    return read_data(folder_ / "rows.jsonl", demands, folder_ / "inputs.safetensors");
  }

  std::string refused(const std::string& lines, const DataDemands& demands = {}) {
    return refusal([&] { read(lines, demands); });
  }

  template <typename Element>
  std::vector<Element> elements(const DataSet& data, const std::string& name, const std::string& dtype) {
    const Safetensors file(data.tensors);
    const Tensor* tensor = file.find(name);
    if (tensor == nullptr || tensor->dtype != dtype) {
      ADD_FAILURE() << "no tensor " << name << " of " << dtype;
      return {};
    }
    shape_ = tensor->shape;
    std::vector<Element> values(tensor->bytes.size() / sizeof(Element));
    std::memcpy(values.data(), tensor->bytes.data(), tensor->bytes.size());
    return values;
  }

  std::filesystem::path folder_ = folder_of_test();
  std::vector<std::int64_t> shape_;
};

TEST_F(JsonRowsTest, whole_numbers_in_every_row_are_int64_and_any_other_makes_the_tensor_float32) {
  const DataSet data = read(
      "{\"id\": 1, \"inputs\": {\"ids\": [1, 9007199254740993], \"x\": [[1, 2]]}}\n"
      "{\"id\": 2, \"inputs\": {\"x\": [[0.1, 1e-3]], \"ids\": [-3, 4]}}\n");
  EXPECT_THAT(data.inputs, ElementsAre("ids", "x"));
  EXPECT_THAT(elements<std::int64_t>(data, "ids", "I64"), ElementsAre(1, 9007199254740993, -3, 4));
  EXPECT_THAT(elements<float>(data, "x", "F32"), ElementsAre(1.f, 2.f, 0.1f, 1e-3f));
  EXPECT_THAT(shape_, ElementsAre(2, 1, 2));
}

TEST_F(JsonRowsTest, a_bare_array_is_the_input_called_input) {
  const DataSet data = read("{\"id\": \"a\", \"inputs\": [0.5, 2]}\n");
  EXPECT_THAT(data.inputs, ElementsAre("input"));
  EXPECT_THAT(elements<float>(data, "input", "F32"), ElementsAre(0.5f, 2.f));
}

TEST_F(JsonRowsTest, keeps_the_digits_of_float64_where_they_are_asked_for) {
  const DataSet data = read("{\"id\": 1, \"inputs\": [0.1]}\n", {.inputs = {}, .wide_floats = true});
  EXPECT_THAT(elements<double>(data, "input", "F64"), ElementsAre(0.1));
}

TEST_F(JsonRowsTest, takes_only_the_inputs_asked_for_in_the_order_asked_for) {
  const DataSet data = read("{\"id\": 1, \"inputs\": {\"a\": 1, \"b\": 2, \"c\": \"text\"}}\n",
                            {.inputs = {"b", "a"}, .wide_floats = false});
  EXPECT_THAT(data.inputs, ElementsAre("b", "a"));
  EXPECT_THAT(elements<std::int64_t>(data, "b", "I64"), ElementsAre(2));
  EXPECT_THAT(shape_, ElementsAre(1));
}

TEST_F(JsonRowsTest, carries_over_what_a_record_repeats) {
  const DataSet data = read(
      "{\"id\": \"q\\\"1\", \"inputs\": [1], \"label\": \"是\", \"text\": \"not of records\", \"cluster\": "
      "4, "
      "\"slices\": {\"lang\": \"zh\"}}\n"
      "{\"id\": 7, \"inputs\": [1], \"label\": 3, \"reference\": null}\n");
  ASSERT_EQ(data.rows.size(), 2u);
  EXPECT_EQ(data.rows[0].id_json, "\"q\\\"1\"");
  EXPECT_EQ(data.rows[0].label, "是");
  EXPECT_EQ(data.rows[0].carried_json, ",\"cluster\":4,\"slices\":{\"lang\":\"zh\"}");
  EXPECT_EQ(data.rows[1].id_json, "7");
  EXPECT_EQ(data.rows[1].label, "3");
  EXPECT_FALSE(data.rows[1].label_is_text);
  EXPECT_EQ(data.rows[1].carried_json, "");
}

TEST_F(JsonRowsTest, a_row_that_carries_an_error_needs_no_inputs_and_is_not_shown_to_the_model) {
  const DataSet data = read(
      "{\"id\": 1, \"error\": \"no answer\", \"label\": \"x\"}\n\n"
      "{\"id\": 2, \"inputs\": [7], \"error\": null}\n");
  ASSERT_EQ(data.rows.size(), 2u);
  EXPECT_EQ(data.rows[0].error, "no answer");
  EXPECT_EQ(data.rows[1].error, "");
  EXPECT_EQ(data.runnable, 1);
  EXPECT_THAT(elements<std::int64_t>(data, "input", "I64"), ElementsAre(7));
}

TEST_F(JsonRowsTest, refuses_rows_that_are_not_shaped_like_the_first_with_file_and_line) {
  const std::string first = "{\"id\": 1, \"inputs\": {\"x\": [[1, 2], [3, 4]]}}\n\n";
  const std::pair<const char*, const char*> rows[] = {
      {"{\"x\": [[1, 2]]}", "has 1 entry where its first row has 2"},
      {"{\"x\": [[1, 2], [3, 4], [5, 6]]}", "has 3 entries where its first row has 2"},
      {"{\"x\": [[1, 2], [3]]}", "has 1 entry where"},
      {"{\"x\": [[1, 2], [3, [4]]]}", "nested more deeply"},
      {"{\"x\": [1, 2]}", "nested less deeply"},
      {"{\"x\": [[1, 2], [3, \"4\"]]}", "something other than numbers"},
      {"{\"x\": [[1, 2], [3, null]]}", "something other than numbers"},
      {"{\"x\": [[1, 2], [3, true]]}", "something other than numbers"},
      {"{\"x\": [[1, 2], [3, 1e39]]}", "float32 cannot"},
      {"{\"x\": [[1, 2], [3, 4]], \"y\": 1}", "has the input 'y', which the first row has not"},
      {"{\"x\": [[1, 2], [3, 4]], \"x\": [[1, 2], [3, 4]]}", "the input 'x' twice"},
      {"{\"X\": [[1, 2], [3, 4]]}", "which the first row has not"},
      {"{}", "has no input 'x'"},
      {"[[1, 2], [3, 4]]", "'inputs' is one array, and the inputs x are needed"}};
  for (const auto& [row, what] : rows)
    EXPECT_THAT(refused(first + "{\"id\": 2, \"inputs\": " + row + "}\n"),
                AllOf(HasSubstr("rows.jsonl:3: "), HasSubstr(what)))
        << row;
}

TEST_F(JsonRowsTest, refuses_what_is_no_row) {
  const std::pair<std::string, const char*> rows[] = {
      {"", "has no rows"},
      {"{\"id\": 1, \"inputs\": [1]", "1: is not valid JSON"},
      {"[1]", "1: is not a JSON object"},
      {"{\"inputs\": [1]}", "1: has no 'id'"},
      {"{\"id\": 1.5, \"inputs\": [1]}", "1: 'id' must be text or a whole number"},
      {"{\"id\": \"\", \"inputs\": [1]}", "1: 'id' is empty"},
      {"{\"id\": 1}", "1: has no 'inputs'"},
      {"{\"id\": 1, \"inputs\": {}}", "1: 'inputs' is empty"},
      {"{\"id\": 1, \"inputs\": []}", "1: the input 'input' is empty"},
      {"{\"id\": 1, \"inputs\": [[], []]}", "1: the input 'input' is empty"},
      {"{\"id\": 1, \"inputs\": null}", "1: the input 'input' holds something other"},
      {"{\"id\": 1, \"inputs\": [1], \"label\": []}", "1: 'label' must be text"},
      {"{\"id\": 1, \"inputs\": [1], \"id\": 2}", "1: has the field 'id' twice"},
      {"{\"id\": 1, \"inputs\": [1]}\n{\"id\": \"1\", \"inputs\": [1]}", "2: repeats the id \"1\""},
      {"{\"id\": 1, \"error\": \"x\"}", "has no row with inputs"},
      {"{\"id\": \"\xff\", \"inputs\": [1]}", "1: is not valid JSON"},
      {"{\"id\": 1, \"inputs\": " + std::string(20, '[') + "1" + std::string(20, ']') + "}",
       "deeper than 16"},
      {"{\"id\": 1, \"inputs\": " + std::string(100000, '[') + "}", "1: is not valid JSON"}};
  for (const auto& [row, what] : rows) EXPECT_THAT(refused(row), HasSubstr(what)) << row.substr(0, 80);
}

TEST_F(JsonRowsTest, one_id_may_stand_for_several_samples) {
  EXPECT_EQ(read("{\"id\": 1, \"sample\": 0, \"inputs\": [1]}\n{\"id\": 1, \"sample\": 1, \"inputs\": [1]}\n")
                .rows.size(),
            2u);
  EXPECT_THAT(
      refused("{\"id\": 1, \"sample\": 0, \"inputs\": [1]}\n{\"id\": 1, \"sample\": 0, \"inputs\": [1]}\n"),
      HasSubstr("repeats the id"));
}

TEST_F(JsonRowsTest, an_input_that_is_asked_for_and_missing_is_named_with_what_may_be_meant) {
  EXPECT_THAT(
      refused("{\"id\": 1, \"inputs\": {\"tokens\": [1]}}\n", {.inputs = {"token"}, .wide_floats = false}),
      AllOf(HasSubstr("has no input 'token'"), HasSubstr("Did you mean 'tokens'?")));
}

}  // namespace
}  // namespace modelgate
