#include "schemas/documents/measurements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

Measurements of_series(Series series) {
  Measurements measurements;
  measurements.runner = "gtest";
  measurements.runner_version = "0.1.0";
  measurements.created = "2026-11-23T20:00:00Z";
  measurements.series.push_back(std::move(series));
  return measurements;
}

Measurements reread(const Measurements& measurements) {
  return measurements_from(parse_json(to_json(measurements), "m.json"));
}

TEST(Measurements, survive_writing_and_reading) {
  const std::string digest = "sha256:" + std::string(64, 'a');
  Measurements measurements =
      of_series(CaseSeries{"tests", {{"A.b", CaseStatus::crashed, 0.1, "why\n客服", "a.cpp", 7}}});
  SampleSeries samples{"BM/8", "real_time", "s", Better::unknown, true, {}};
  samples.processes.push_back({3, 6, {1e-300, 1.7976931348623157e308, -0.0, 0.1, 1.0 / 3}});
  samples.processes.push_back({0, 1, {}});
  measurements.series.emplace_back(samples);
  measurements.series.emplace_back(
      RecordSeries{"rows", "candidate/r.jsonl", digest, 2000, 3, {500, 2000}, 7, digest});
  measurements.series.emplace_back(TensorSeries{"out", "candidate/t.safetensors", digest});
  measurements.subject = {Role::baseline, "n", "v", "c", "d"};
  measurements.environment = {{"cpu", "x"}};
  measurements.problems = {{"crashed", "it crashed"}};
  measurements.notes = {"a note"};
  EXPECT_EQ(reread(measurements), measurements);
}

TEST(Measurements, keep_the_attempts_at_a_test) {
  Case flaky{"A.b", CaseStatus::passed, 0.1, "", "", 0};
  flaky.attempts = {{CaseStatus::crashed, 0.25, "why\n客服 \"x\""},
                    {CaseStatus::timed_out, 0, ""},
                    {CaseStatus::passed, 0.1, ""}};
  Case failed{"A.c", CaseStatus::failed, 0, "why", "a.cpp", 7};
  failed.attempts = {{CaseStatus::failed, 0, "why"}, {CaseStatus::failed, 1, "why"}};
  const Measurements measurements = of_series(CaseSeries{"tests", {flaky, failed}});
  EXPECT_EQ(reread(measurements), measurements);
}

TEST(Measurements, whose_attempts_contradict_the_test_are_refused) {
  Case test{"A.b", CaseStatus::passed, 0, "", "", 0};
  test.attempts = {{CaseStatus::failed, 0, ""}, {CaseStatus::failed, 0, ""}};
  EXPECT_THAT(
      error_of([&] {
        reread(of_series(CaseSeries{"tests", {test}}));
      }),
      HasSubstr("m.json#/series/0/cases/0/attempts: the last attempt is failed, and the test is passed"));
  test.attempts = {{CaseStatus::passed, 0, ""}};
  EXPECT_THAT(error_of([&] {
                reread(of_series(CaseSeries{"tests", {test}}));
              }),
              HasSubstr("fewer than two attempts"));
}

TEST(Attempts, are_flaky_if_the_last_passed_and_another_did_not) {
  using enum CaseStatus;
  const auto flaky = [](const std::vector<CaseStatus>& statuses) {
    std::vector<Attempt> attempts;
    for (const CaseStatus status : statuses) attempts.push_back({status, 0, ""});
    return is_flaky(attempts);
  };
  for (const CaseStatus bad : {failed, crashed, timed_out, not_run}) {
    EXPECT_TRUE(flaky({bad, passed}));
    EXPECT_TRUE(flaky({passed, bad, passed}));
    EXPECT_FALSE(flaky({passed, bad}));
    EXPECT_FALSE(flaky({bad, skipped}));
    EXPECT_FALSE(flaky({bad}));
  }
  EXPECT_FALSE(flaky({}));
  EXPECT_FALSE(flaky({passed}));
  EXPECT_FALSE(flaky({passed, passed}));
  EXPECT_FALSE(flaky({skipped, passed}));
}

TEST(Measurements, keep_every_bit_of_a_value) {
  SampleSeries samples{"BM", "q", "s", Better::lower, false, {}};
  for (double value = 5e-324; value < 1e308; value *= 1.37e7 + 0.1)
    samples.processes.push_back({0, 0, {value, -value}});
  EXPECT_EQ(reread(of_series(samples)), of_series(samples));
}

TEST(Measurements, keep_every_character_of_a_text_and_stay_one_document) {
  std::string every;
  for (char c = 1; c < 127; ++c) every += c;
  every += "\x7f\xc2\x80\xe2\x80\xa8";
  const CaseSeries cases{
      every, {{every, CaseStatus::failed, 1e-9, every, every, 3}, {"B", CaseStatus::passed, 0, "", "", 0}}};
  EXPECT_EQ(reread(of_series(cases)), of_series(cases));
  EXPECT_EQ(reread(of_series(CaseSeries{"none", {}})), of_series(CaseSeries{"none", {}}));
}

TEST(Measurements, replace_bytes_that_are_not_utf8) {
  const Measurements read =
      reread(of_series(CaseSeries{"tests", {{"A.b", CaseStatus::failed, 0, "\xff|\xc3", "", 0}}}));
  EXPECT_EQ(std::get<CaseSeries>(read.series[0]).cases[0].message, "\xef\xbf\xbd|\xef\xbf\xbd");
}

TEST(Measurements, with_a_number_that_is_none_are_never_written) {
  for (const double bad : {nan, infinity, -infinity}) {
    SampleSeries samples{"BM", "real_time", "s", Better::lower, false, {{0, 0, {1, bad}}}};
    EXPECT_EQ(error_of([&] { to_json(of_series(samples)); }, ErrorKind::infrastructure),
              "'BM real_time' is not a finite number and cannot be written");
    EXPECT_EQ(error_of(
                  [&] {
                    to_json(of_series(CaseSeries{"t", {{"A.b", CaseStatus::passed, bad, "", "", 0}}}));
                  },
                  ErrorKind::infrastructure),
              "'seconds' is not a finite number and cannot be written");
  }
}

TEST(Measurements, with_two_cases_of_one_name_are_refused) {
  const Case test{"A.b", CaseStatus::passed, 0, "", "", 0};
  EXPECT_EQ(error_of([&] {
              reread(of_series(CaseSeries{"t", {test, test}}));
            }),
            "m.json#/series/0/cases/1: two cases are called 'A.b'");
}

TEST(Measurements, that_name_a_data_file_must_give_its_digest) {
  for (const std::string digest : {"", "sha256:", "sha256:ABC", "md5:x"}) {
    EXPECT_THAT(error_of([&] {
                  reread(of_series(RecordSeries{"r", "/etc/passwd", digest, 0, 0}));
                }),
                HasSubstr("m.json#/series/0/digest: is not a digest"));
    EXPECT_THAT(error_of([&] {
                  reread(of_series(TensorSeries{"r", "t", digest}));
                }),
                HasSubstr("m.json#/series/0/digest: is not a digest"));
  }
}

TEST(Measurements, of_an_unknown_kind_or_status_are_refused) {
  const auto reading = [](const std::string& series) {
    return error_of([&] {
      measurements_from(parse_json(
          R"({"schema": "modelgate/measurements", "version": 1, "runner": "r", "runner_version": "0",
        "created": "", "subject": {"role": "candidate"}, "series": [)" +
              series + "]}",
          "m.json"));
    });
  };
  EXPECT_EQ(reading(R"({"kind": "cases", "name": "t", "cases": []})"), "");
  EXPECT_EQ(
      reading(R"({"kind": "case", "name": "t", "cases": []})"),
      "m.json#/series/0/kind: 'case' is none of cases, samples, records, tensors\n  Did you mean 'cases'?");
  EXPECT_EQ(reading(R"({"kind": "cases", "name": "t", "cases": [{"name": "a", "status": "ok"}]})"),
            "m.json#/series/0/cases/0/status: 'ok' is none of passed, failed, skipped, crashed, timed_out, "
            "not_run");
  EXPECT_EQ(reading(R"({"kind": "cases", "name": "t", "cases": [], "rows": 1})"),
            "m.json#/series/0/rows: unknown key 'rows'\n  Known here: kind, name, cases.");
}

}  // namespace
}  // namespace modelgate
