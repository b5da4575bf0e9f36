#include "schemas/documents/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "schemas/documents/check_address.h"
#include "schemas/tool/error.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/example_documents.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

Check check_of(Status status) {
  Check check;
  check.gate = "unit";
  check.name = name_of(status);
  check.status = status;
  check.reason = "test";
  check.sentence = "a sentence";
  return check;
}

Check full_check() {
  Check check = check_of(Status::inconclusive);
  check.slice = {{"lang", "zh"}, {"channel", "web & <app>"}};
  check.baseline = 0.9;
  check.candidate = -0.0;
  check.unit = "s";
  check.direction = Direction::higher_is_better;
  check.effect = Effect{-1.5, -2.0, std::nullopt, 0.975, "points"};
  check.margin = 0;
  check.limit = Limit{Limit::Kind::maximum, 3};
  check.p_regression = 1;
  check.p_non_inferiority = 5e-324;
  check.improved = true;
  check.n = {{"rows", 2000}, {"discordant", 0}};
  check.method = "by hand";
  check.warnings = {"a", "b"};
  check.needs = "more";
  check.details = "line\nline\t\"quoted\"";
  check.file = "a b.cpp";
  check.line = 3;
  check.waiver = "known";
  return check;
}

Verdict full_verdict() {
  Verdict verdict;
  verdict.gate = "suite";
  verdict.gate_version = "0.1.0";
  verdict.created = "2026-11-23T20:00:00Z";
  verdict.status = Status::inconclusive;
  verdict.sentence = "a sentence";
  verdict.candidate = {Role::candidate, "m", "v2", "c", "d"};
  verdict.baseline = Subject{Role::baseline, "m", "v1", "", ""};
  verdict.alpha_fail = 0.01;
  verdict.alpha_pass = 0.1;
  verdict.plan_digest = "sha256:x";
  verdict.valid_until = "2026-12-07";
  verdict.left_out = {"quality"};
  verdict.warnings = {"w"};
  verdict.environment = {{"cpu", "x"}};
  verdict.checks = {full_check(), check_of(Status::pass)};
  return verdict;
}

TEST(Verdict, survives_writing_and_reading) {
  const Verdict verdict = full_verdict();
  EXPECT_EQ(verdict_from(parse_json(to_json(verdict), "v")), verdict);
  Verdict first = verdict;
  first.baseline.reset();
  first.first_release = true;
  EXPECT_EQ(verdict_from(parse_json(to_json(first), "v")), first);
}

TEST(Verdict, is_over_when_its_last_day_is) {
  Verdict verdict = full_verdict();
  EXPECT_FALSE(has_expired(verdict, "2026-12-07"));
  EXPECT_TRUE(has_expired(verdict, "2026-12-08"));
  verdict.valid_until.clear();
  EXPECT_FALSE(has_expired(verdict, "2026-12-08"));
  for (const char* no_day : {"never", "2026-12-32"}) {
    verdict.valid_until = no_day;
    EXPECT_THROW(verdict_from(parse_json(to_json(verdict), "v")), Error) << no_day;
  }
}

TEST(CheckAddress, names_gate_check_and_slice) {
  Check check = check_of(Status::fail);
  check.gate = "quality";
  check.name = "accuracy";
  check.slice = {{"lang", "zh"}, {"channel", "mail"}};
  EXPECT_EQ(address_of(check), "quality/accuracy[channel=mail,lang=zh]");
  check.slice.clear();
  EXPECT_EQ(address_of(check), "quality/accuracy");
}

/// As nlohmann writes what it has read.
std::string written_by_nlohmann(const std::string& json) {
  return nlohmann::ordered_json::parse(json).dump(2) + "\n";
}

TEST(Verdict, keeps_how_its_samples_were_taken) {
  Verdict verdict = full_verdict();
  for (const Sampling& sampling : {Sampling{3, 40, 1500, 0.5, 60.0, 200, 5000, "budget"},
                                   Sampling{1, 0, 0, 0, std::nullopt, 0, 0, "decided"}}) {
    verdict.sampling = sampling;
    EXPECT_EQ(verdict_from(parse_json(to_json(verdict), "v")), verdict);
  }
}

TEST(Verdict, is_written_as_nlohmann_writes_it) {
  Verdict verdict = full_verdict();
  verdict.checks[0].looks = {{10, 0.5, 0.25, 1}, {20, 1, 1e-300, 0.75}};
  verdict.checks[0].cross_check = CrossCheck{"Student's \"t\"", -1.5, 1e-300, 1};
  verdict.checks[0].attempts = {{CaseStatus::failed, 0.5, "line\nof \"é\""}, {CaseStatus::passed, 0, ""}};
  verdict.checks[0].n = {{"a \"key\"\n", -3}, {"é", 1}};
  verdict.checks[0].slice = {{"a\\b", "\x7f\x01"}};
  verdict.checks[0].warnings = {"", "one –", "\\"};
  for (const double number :
       {0.0, 1.0, -1.0, 0.1, 1.0 / 3, 1e-5, 123456789.0, 1e15, 1e16, 1e17, 5e-324, 1.5e300}) {
    verdict.checks.push_back(check_of(Status::fail));
    verdict.checks.back().baseline = number;
  }
  EXPECT_EQ(to_json(verdict), written_by_nlohmann(to_json(verdict)));
  EXPECT_EQ(verdict_from(parse_json(to_json(verdict), "v")), verdict);
  verdict.checks.clear();
  EXPECT_EQ(to_json(verdict), written_by_nlohmann(to_json(verdict)));
}

TEST(Verdict, of_every_example_is_written_as_nlohmann_writes_it) {
  for (const std::filesystem::path& path : examples("verdict")) {
    const std::string json = to_json(read_verdict(path));
    EXPECT_EQ(json, written_by_nlohmann(json)) << path;
  }
}

TEST(Verdict, with_a_text_that_is_not_utf8_is_written_with_a_sign_in_its_place) {
  Verdict verdict = full_verdict();
  verdict.checks[0].name = "a\xff";
  EXPECT_THAT(to_json(verdict), HasSubstr("\"name\": \"a\xef\xbf\xbd\""));
}

TEST(Verdict, with_a_number_that_is_none_is_never_written) {
  const std::vector<void (*)(Verdict&, double)> places = {
      [](Verdict& v, double x) { v.alpha_fail = x; },
      [](Verdict& v, double x) { v.alpha_pass = x; },
      [](Verdict& v, double x) { v.checks[0].baseline = x; },
      [](Verdict& v, double x) { v.checks[0].candidate = x; },
      [](Verdict& v, double x) { v.checks[0].margin = x; },
      [](Verdict& v, double x) { v.checks[0].limit->value = x; },
      [](Verdict& v, double x) { v.checks[0].effect->estimate = x; },
      [](Verdict& v, double x) { v.checks[0].effect->lower = x; },
      [](Verdict& v, double x) { v.checks[0].effect->upper = x; },
      [](Verdict& v, double x) { v.checks[0].effect->confidence = x; },
      [](Verdict& v, double x) { v.checks[0].p_regression = x; },
      [](Verdict& v, double x) { v.checks[0].p_non_inferiority = x; }};
  for (std::size_t i = 0; i < places.size(); ++i)
    for (const double bad :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
      Verdict verdict = full_verdict();
      places[i](verdict, bad);
      EXPECT_THAT(error_of([&] { to_json(verdict); }, ErrorKind::infrastructure),
                  HasSubstr("is not a finite number and cannot be written"))
          << i;
    }
}

TEST(Verdict, refuses_what_is_no_probability) {
  const std::string json = to_json(full_verdict());
  const auto with = [&](const std::string& what, const std::string& by) {
    std::string text = json;
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return error_of([&] { verdict_from(parse_json(text.replace(at, what.size(), by), "v.json")); });
  };
  EXPECT_EQ(with("\"p_regression\": 1.0", "\"p_regression\": 1.1"),
            "v.json#/checks/0/p_regression: 1.1 is not between 0 and 1");
  EXPECT_EQ(with("\"confidence\": 0.975", "\"confidence\": 95"),
            "v.json#/checks/0/effect/confidence: 95 is not between 0 and 1");
  EXPECT_EQ(with("\"alpha_fail\": 0.01", "\"alpha_fail\": 0.6"),
            "v.json#/alpha_fail: 0.6 is not between 0 and 0.5");
  EXPECT_EQ(with("\"status\": \"inconclusive\"", "\"status\": \"passed\""),
            "v.json#/status: 'passed' is none of pass, fail, inconclusive, error, not_compared\n  Did you "
            "mean 'pass'?");
}

TEST(Worst, is_the_first_of_fail_error_inconclusive_and_pass) {
  const auto of = [](std::initializer_list<Status> statuses) {
    std::vector<Check> checks;
    for (const Status status : statuses) checks.push_back(check_of(status));
    return worst(checks);
  };
  EXPECT_EQ(of({Status::pass, Status::inconclusive, Status::error, Status::fail}), Status::fail);
  EXPECT_EQ(of({Status::pass, Status::inconclusive, Status::error}), Status::error);
  EXPECT_EQ(of({Status::pass, Status::inconclusive, Status::not_compared}), Status::inconclusive);
  EXPECT_EQ(of({Status::not_compared, Status::pass}), Status::pass);
}

TEST(Worst, is_error_where_nothing_was_decided) {
  EXPECT_EQ(worst({}), Status::error);
  EXPECT_EQ(worst({check_of(Status::not_compared)}), Status::error);
}

}  // namespace
}  // namespace modelgate
