#include "schemas/rows/array_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "schemas/formats/safetensors.h"
#include "schemas/rows/row_key.h"
#include "schemas/tool/files.h"
#include "tests/schemas/rows/rows_of.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

const fs::path arrays = fs::path(MODELGATE_SOURCE_DIR) / "tests/schemas/rows/arrays";

class ArrayRows : public ::testing::Test, public RowsOf {
 protected:
  const RowRequest request_ =
      asking({"label", "prediction", "slices.lang"},
             {"score", "scores.0", "scores.2", "nll", "tokens", "metrics.acc"}, {"ranked", "label"});

  /// What is said of a file that is not in a temporary folder, without folders.
  static std::string error_in_file(const fs::path& path, const RowRequest& request) {
    const std::string error = error_of([&] { read_rows(path, request); });
    const std::size_t at = error.find(path.filename().string());
    return at == std::string::npos ? error : error.substr(at);
  }

  /// A file of tensors, each of one dtype.
  fs::path tensors(const std::vector<Tensor>& all, const std::string& name = "r.safetensors") const {
    write_safetensors(folder_ / name, all);
    return folder_ / name;
  }
};

template <typename T>
std::span<const std::byte> bytes_of(const std::vector<T>& values) {
  return std::as_bytes(std::span(values));
}

TEST_F(ArrayRows, are_the_same_from_numpy_and_from_json) {
  const std::string json =
      R"({"id":"r1","label":3,"prediction":3,"score":0.5,"scores":[0.5,0.25,0.0010000000474974513],"nll":1.5,)"
      R"("tokens":1,"metrics":{"acc":1},"slices":{"lang":"zh"},"ranked":[3,0],"sample":0,"cluster":"a"})"
      "\n"
      R"({"id":"r2","label":0,"prediction":1,"score":0.25,"scores":[1,2,3],"nll":2.5,)"
      R"("tokens":255,"metrics":{"acc":0},"slices":{"lang":"en"},"ranked":[1,2],"sample":1,"cluster":"a"})"
      "\n"
      R"({"id":"退款-3","label":2,"prediction":2,"score":1,"scores":[4,5,6],"nll":1e300,"error":"timed out",)"
      R"("tokens":7,"metrics":{"acc":1},"ranked":[0,1],"sample":0,"cluster":"b"})"
      "\n"
      R"({"id":"4","label":2,"prediction":0,"score":0,"scores":[7,8,9],"nll":-0.0,)"
      R"("tokens":0,"metrics":{"acc":1},"slices":{"lang":"longest"},"ranked":[2,3],"sample":-1})"
      "\n";
  const std::string expected = shown(read(json, request_));
  EXPECT_EQ(shown(read_rows(arrays / "stored.npz", request_)), expected);
  EXPECT_EQ(shown(read_rows(arrays / "compressed.npz", request_)), expected);
  EXPECT_EQ(shown(read(read_file(arrays / "stored.npz"), request_)), expected) << "told by the content";
}

TEST_F(ArrayRows, may_be_fields_of_structured_elements) {
  const RowTable table = read_rows(arrays / "structured.npy",
                                   asking({"label", "slices.lang", "slices.age"}, {"score", "scores.1"}));
  EXPECT_THAT(words_in(table), ElementsAre("3", "0", "2", "2"));
  EXPECT_THAT(words_in(table, 1), ElementsAre("zh", "en", "-", "longest"));
  EXPECT_THAT(words_in(table, 2), ElementsAre("5", "-6", "7", "8"));
  EXPECT_EQ(number_in(table, 1), 0.25);
  EXPECT_EQ(number_in(table, 3, 1), 8.0);
  EXPECT_EQ(table.keys[2], key_of_id("退款-3"));
  EXPECT_EQ(error_in_file(arrays / "structured.npy", asking({"when"})),
            "structured.npy: holds 'when' of dtype '<M8[s]', which is not read");
}

TEST_F(ArrayRows, without_ids_are_numbered_also_over_parts) {
  const RowTable table = read_rows(arrays / "without_ids.npz", asking({"label"}));
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(table.keys[i], i);
  const auto places = places_of(arrays / "without_ids.npz", asking({"label"}), {2});
  EXPECT_EQ(places[0].place, "without_ids.npz row 2");
  EXPECT_EQ(places[0].id, "2");
  const std::string part = read_file(arrays / "without_ids.npz");
  write_file(folder_ / "parts/part-0", part);
  write_file(folder_ / "parts/part-1", part);
  write_file(folder_ / "parts/_SUCCESS", "");
  const RowTable parts = read_rows(folder_ / "parts", asking({"label"}));
  ASSERT_EQ(parts.size(), 8u);
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(parts.keys[i], i);
  EXPECT_EQ(places_of(folder_ / "parts", asking({"label"}), {5})[0].id, "5");
  EXPECT_EQ(places_of(folder_ / "parts", asking({"label"}), {5})[0].place, "part-1 row 1");
}

TEST_F(ArrayRows, may_be_called_otherwise) {
  const RowTable table = read_rows(arrays / "stored.npz",
                                   asking({"prediction"}, {"scores.1"}, {},
                                          {{"prediction", "tokens"}, {"scores", "ranked"}, {"id", "label"}}));
  EXPECT_THAT(words_in(table), ElementsAre("1", "255", "7", "0"));
  EXPECT_EQ(number_in(table, 0), 0.0);
  EXPECT_EQ(table.id(0), 3u);
}

TEST_F(ArrayRows, may_be_tensors_of_any_dtype) {
  const std::vector<std::uint16_t> halves = {0x3800, 0x0001, 0xfbff}, brains = {0x3f80, 0xc000, 0x3e00};
  const std::vector<std::uint64_t> naturals = {0, 7, ~std::uint64_t{0}};
  const std::vector<std::int8_t> wholes = {-128, 0, 127};
  const std::vector<double> doubles = {0.1, -1e-300, 3};
  const fs::path path = tensors({{"score", "F16", {3}, bytes_of(halves)},
                                 {"nll", "BF16", {3, 1}, bytes_of(brains)},
                                 {"label", "U64", {3}, bytes_of(naturals)},
                                 {"prediction", "I8", {3}, bytes_of(wholes)},
                                 {"output", "F64", {3}, bytes_of(doubles)}});
  const RowTable table =
      read_rows(path, asking({"label", "prediction"}, {"score", "nll", "label"}, {"output", "nll"}));
  EXPECT_THAT(words_in(table, 0), ElementsAre("0", "7", "18446744073709551615"));
  EXPECT_THAT(words_in(table, 1), ElementsAre("-128", "0", "127"));
  EXPECT_EQ(number_in(table, 0, 0), 0.5);
  EXPECT_EQ(number_in(table, 1, 0), 0x1p-24);
  EXPECT_EQ(number_in(table, 2, 0), -65504.0);
  EXPECT_EQ(number_in(table, 0, 1), 1.0);
  EXPECT_EQ(number_in(table, 1, 1), -2.0);
  EXPECT_EQ(number_in(table, 2, 1), 0.125);
  EXPECT_EQ(number_in(table, 2, 2), 0x1p64);
  EXPECT_EQ(table.texts[0].at(0), "0.1");
  EXPECT_EQ(table.texts[0].at(1), "-1e-300");
  EXPECT_EQ(table.texts[0].at(2), "3.0");
  EXPECT_EQ(table.texts[1].at(0), "[1.0]");
}

TEST_F(ArrayRows, are_the_same_on_any_number_of_threads) {
  std::vector<std::int32_t> labels;
  std::vector<float> scores;
  for (int i = 0; i < 300'000; ++i) {
    labels.push_back(i % 1013);
    scores.push_back(static_cast<float>(i % 97));
  }
  const fs::path path =
      tensors({{"label", "I32", {300'000}, bytes_of(labels)}, {"score", "F32", {300'000}, bytes_of(scores)}});
  const std::string one = shown(read_rows(path, asking({"label"}, {"score"}), 1));
  EXPECT_TRUE(shown(read_rows(path, asking({"label"}, {"score"}), 3)) == one);
  EXPECT_THAT(one.substr(one.size() - 40),
              HasSubstr("\n299999 299999 " + std::to_string(labels.back()) + " "));
}

TEST_F(ArrayRows, that_are_wrong_are_named_with_their_number) {
  const std::vector<std::int64_t> ids = {5, 6};
  const std::vector<double> numbers = {1, NAN};
  const fs::path path =
      tensors({{"id", "I64", {2}, bytes_of(ids)}, {"score", "F64", {2}, bytes_of(numbers)}});
  EXPECT_EQ(error_in_file(path, asking({}, {"score"})), "r.safetensors row 1: 'score' is not finite");
  EXPECT_EQ(error_in_file(path, asking({"score"})), "r.safetensors row 1: 'score' is not finite");
  EXPECT_EQ(error_in_file(path, asking({}, {}, {}, {{"id", "score"}})),
            "r.safetensors row 0: 'id' must be text or a whole number");
  EXPECT_EQ(error_in_file(path, asking({}, {}, {}, {{"error", "score"}})),
            "r.safetensors row 0: 'error' must be text or a boolean");
  EXPECT_EQ(error_in_file(path, asking({}, {}, {}, {{"sample", "score"}})),
            "r.safetensors row 0: 'sample' must be a whole number");
  EXPECT_EQ(error_in_file(arrays / "stored.npz", asking({}, {"id"})),
            "stored.npz row 0: 'id' must be a number");
  EXPECT_EQ(error_in_file(arrays / "stored.npz", asking({}, {}, {}, {{"id", "cluster"}})),
            "stored.npz row 3: has no id\n  Every row needs one, a text or a whole number.");
}

TEST_F(ArrayRows, of_arrays_that_do_not_fit_are_refused) {
  EXPECT_EQ(error_in_file(arrays / "stored.npz", asking({"label", "vocabulary"})),
            "stored.npz: holds arrays of different lengths: 'id' of 4 and 'vocabulary' of 2");
  EXPECT_EQ(error_in_file(arrays / "stored.npz", asking({"scores"})),
            "stored.npz: holds 'scores' with 2 dimensions, where a value for each row is needed");
  EXPECT_EQ(
      error_in_file(arrays / "stored.npz", asking({"note"})),
      "stored.npz (note): holds Python objects (dtype O), which are not read\n  Save texts as dtype U or S.");
  EXPECT_EQ(error_in_file(arrays / "plain.npy", asking({"label"})),
            "plain.npy: holds one array without a name\n  Save the columns by their names: "
            "numpy.savez(\"rows.npz\", id=ids, label=labels).");
  EXPECT_EQ(error_in_file(arrays / "without_ids.npz", asking({"text"})),
            "without_ids.npz: holds none of the arrays id, sample, cluster, error, text\n"
            "  It holds label, prediction.");
  const std::vector<float> numbers = {1, 2};
  const fs::path both = tensors(
      {{"scores", "F32", {1, 2}, bytes_of(numbers)}, {"scores.1", "F32", {1}, bytes_of(numbers).first(4)}});
  EXPECT_EQ(error_in_file(both, asking({}, {"scores.1"})),
            "r.safetensors: holds 'scores.1' twice: as an array, and in 'scores'");
  EXPECT_EQ(error_in_file(tensors({{"label", "I64", {0}, {}}}), asking({"label"})),
            "r.safetensors: has no rows\n  A row for each example was expected.");
  EXPECT_EQ(
      error_in_file(tensors({{"output", "I64", {1'000'000'000'000, 0}, {}}}), asking({}, {}, {"output"})),
      "r.safetensors: holds 'output' of elements without bytes");
}

}  // namespace
}  // namespace modelgate
