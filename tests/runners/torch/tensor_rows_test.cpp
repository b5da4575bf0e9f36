#include <gmock/gmock.h>

#include "runners/torch/data_set.h"
#include "schemas/formats/safetensors.h"
#include "tests/runners/torch/folder_of_test.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TensorRowsTest : public ::testing::Test {
 protected:
  Tensor tensor(const std::string& name, const std::string& dtype, std::vector<std::int64_t> shape) {
    Tensor made{name, dtype, std::move(shape), {}};
    made.bytes = std::as_bytes(std::span(numbers_))
                     .first(static_cast<std::size_t>(made.elements()) * dtype_bytes(dtype));
    return made;
  }

  DataSet read(const std::vector<Tensor>& tensors, const std::vector<std::string>& inputs = {}) {
    write_safetensors(folder_ / "rows.safetensors", tensors);
    return read_data(folder_ / "rows.safetensors", {inputs, false}, "");
  }

  std::string refused(const std::vector<Tensor>& tensors, const std::vector<std::string>& inputs = {}) {
    return refusal([&] { read(tensors, inputs); });
  }

  std::filesystem::path folder_ = folder_of_test();
  std::vector<std::int64_t> numbers_ = {2, 0, 1, 5};
};

TEST_F(TensorRowsTest, rows_are_numbered_and_labels_are_class_indices) {
  const DataSet data = read({tensor("x", "F32", {3, 2}), tensor("labels", "I64", {3})});
  EXPECT_THAT(data.inputs, ElementsAre("x"));
  EXPECT_EQ(data.runnable, 3);
  ASSERT_EQ(data.rows.size(), 3u);
  EXPECT_EQ(data.rows[2].id_json, "2");
  EXPECT_EQ(data.rows[0].label_index, 2);
  EXPECT_EQ(data.rows[2].label_index, 1);
}

TEST_F(TensorRowsTest, a_tensor_called_label_is_an_input_where_it_is_asked_for) {
  EXPECT_THAT(read({tensor("x", "F32", {3}), tensor("label", "I64", {3})}, {"label", "x"}).inputs,
              ElementsAre("label", "x"));
}

TEST_F(TensorRowsTest, refuses_what_a_model_cannot_be_given) {
  EXPECT_THAT(refused({tensor("x", "U32", {3})}), HasSubstr("'x' is U32, which models do not take"));
  EXPECT_THAT(refused({tensor("x", "F32", {})}), HasSubstr("'x' has no dimensions"));
  EXPECT_THAT(refused({tensor("x", "F32", {0, 4})}), HasSubstr("has no rows"));
  EXPECT_THAT(refused({tensor("x", "F32", {3}), tensor("y", "F32", {2})}),
              HasSubstr("'y' has 2 rows, and 'x' has 3"));
  EXPECT_THAT(refused({tensor("x", "F32", {3}), tensor("label", "I64", {2})}),
              HasSubstr("has 2 labels for 3 rows"));
  EXPECT_THAT(refused({tensor("label", "I64", {3})}), HasSubstr("holds no inputs"));
  EXPECT_THAT(refused({tensor("tokens", "I64", {3})}, {"token"}),
              HasSubstr("has no tensor 'token' | Did you mean 'tokens'?"));
  numbers_[1] = -1;
  EXPECT_THAT(refused({tensor("x", "F32", {3}), tensor("label", "I64", {3})}),
              HasSubstr("label of row 1 is negative"));
}

}  // namespace
}  // namespace modelgate
