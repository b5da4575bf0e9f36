#include "schemas/formats/nvbench.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"
#include "tests/schemas/formats/sample_series.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string bytes_of(const std::vector<float>& values) {
  std::string bytes;
  for (const float value : values)
    for (int shift = 0; shift < 32; shift += 8)
      bytes += static_cast<char>(std::bit_cast<std::uint32_t>(value) >> shift & 0xff);
  return bytes;
}

std::string samples(const std::string& file, const std::string& size) {
  return fmt::format(
      R"({{"tag": "nv/cold/time/gpu/mean", "data": [{{"name": "value", "type": "float64", "value": "1.5"}}]}},
    {{"tag": "nv/json/bin:nv/cold/sample_times", "data": [{{"name": "filename", "type": "string", "value": "{}"}},
    {{"name": "size", "type": "int64", "value": {}}}]}})",
      file, size);
}

std::string state(const std::string& summaries, const std::string& more = "") {
  return R"({"name": "Device=0 BlockSize=2^8", "device": 0, "axis_values": [{"name": "BlockSize", "type": "int64",
    "value": "256"}], "summaries": [)" +
         summaries + "], \"is_skipped\": false" + more + "}";
}

class Nvbench : public ::testing::Test {
 protected:
  Measurements read(const std::string& states) {
    const fs::path path =
        folder_.with("out/copy.json", R"({"meta": {}, "devices": [{"id": 0, "name": "NVIDIA H200"},
      {"id": 1, "name": "NVIDIA L4"}], "benchmarks": [{"name": "copy", "index": 0, "states": [)" +
                                          states + "]}]}");
    return nvbench_from(read_document(path), path);
  }
  std::string error_in(const std::string& states, ErrorKind kind = ErrorKind::usage) {
    return error_of([&] { read(states); }, kind);
  }

  const TemporaryFolder folder_;
};

TEST_F(Nvbench, takes_the_samples_beside_the_document) {
  folder_.with("out/copy.json-bin/0.bin", bytes_of({0.5F, 0.25F}));
  for (const char* file :
       {"copy.json-bin/0.bin", "results/out/copy.json-bin/0.bin", "/tmp/out/copy.json-bin/0.bin"})
    for (const char* size : {"\"2\"", "2"}) {
      const Measurements all = read(state(samples(file, size)));
      EXPECT_THAT(values_in(series_in(all, "copy BlockSize=256", "gpu_time")),
                  ElementsAre(ElementsAre(0.5, 0.25)));
      EXPECT_EQ(all.environment, (std::map<std::string, std::string>{{"gpu", "NVIDIA H200"}}));
    }
}

TEST_F(Nvbench, names_the_device_where_there_are_several) {
  folder_.with("out/copy.json-bin/0.bin", bytes_of({0.5F}));
  const std::string of_one = state(samples("copy.json-bin/0.bin", "1"));
  const Measurements all = read(
      of_one +
      R"(, {"device": 1, "axis_values": null, "summaries": null, "is_skipped": true, "skip_reason": "no memory"})");
  EXPECT_THAT(names_in(all), ElementsAre("copy device=0 BlockSize=256 gpu_time"));
  EXPECT_EQ(all.environment.at("gpu"), "NVIDIA H200, NVIDIA L4");
  EXPECT_EQ(all.notes.back(), "copy device=1 was skipped: no memory");
}

TEST_F(Nvbench, guesses_nothing_from_aggregates) {
  const Measurements all = read(state(""));
  EXPECT_THAT(all.series, IsEmpty());
  ASSERT_EQ(all.problems.size(), 1u);
  EXPECT_EQ(all.problems[0].code, "only_aggregates");
  EXPECT_THAT(all.problems[0].sentence, HasSubstr("copy BlockSize=256: holds no samples"));
}

TEST_F(Nvbench, reads_no_file_outside_of_its_folder) {
  folder_.with("secret/0.bin", bytes_of({1.0F}));
  for (const char* file : {"../secret/0.bin", "../x", "", "../../etc/passwd"})
    EXPECT_THAT(error_in(state(samples(file, "1"))), HasSubstr("names a data file outside of its folder"))
        << file;
  fs::create_directory(folder_ / "out");
  fs::create_symlink("../secret", folder_ / "out/link");
  EXPECT_THAT(error_in(state(samples("link/0.bin", "1"))),
              HasSubstr("names a data file outside of its folder"));
  EXPECT_THAT(error_in(state(samples("/none/0.bin", "1")), ErrorKind::infrastructure),
              HasSubstr("cannot be opened"));
}

TEST_F(Nvbench, refuses_samples_that_are_others_than_the_document_says) {
  folder_.with("out/copy.json-bin/0.bin", bytes_of({0.5F, NAN}));
  const auto error = [&](const std::string& size) {
    return error_in(state(samples("copy.json-bin/0.bin", size)));
  };
  EXPECT_THAT(error("\"3\""),
              HasSubstr("0.bin: has 8 bytes, and 3 samples take 12\n  Measure again, or bring"));
  EXPECT_THAT(error("\"2\""), EndsWith("0.bin: sample 1 is no number"));
  EXPECT_THAT(error("\"x\""), EndsWith("'x' is no whole number"));
  EXPECT_THAT(error("\"-1\""), EndsWith("'-1' is no whole number"));
  EXPECT_THAT(error("0"), EndsWith("is no number of samples from 1 to 16777216"));
  EXPECT_THAT(error("99999999999"), EndsWith("is no number of samples from 1 to 16777216"));
  EXPECT_THAT(error_in(state(R"({"tag": "nv/json/bin:nv/cold/sample_times", "data": null})")),
              EndsWith("/summaries/0: does not tell filename and size of the samples"));
}

}  // namespace
}  // namespace modelgate
