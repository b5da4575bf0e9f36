#include "reporters/explain/addresses.h"

#include <gmock/gmock.h>

#include "schemas/documents/check_address.h"
#include "schemas/tool/error.h"
#include "tests/reporters/verdicts.h"
#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

using testing::HasSubstr;

Verdict several() {
  return verdict_of({accuracy(), accuracy("en"), accuracy("zh", Status::fail), slowdown(),
                     check_of("unit", "Suite.Test", Status::pass),
                     check_of("other", "Suite.Test", Status::fail)});
}

std::string meant(const std::string& name) {
  const Verdict verdict = several();
  return address_of(check_called(verdict, name));
}

std::string refusal(const std::string& name) {
  return error_of([&] { meant(name); });
}

TEST(Addresses, are_understood_in_whole_and_in_part) {
  EXPECT_EQ(meant("quality/accuracy[lang=zh]"), "quality/accuracy[lang=zh]");
  EXPECT_EQ(meant("accuracy[lang=zh]"), "quality/accuracy[lang=zh]");
  EXPECT_EQ(meant("accuracy [lang=zh]"), "quality/accuracy[lang=zh]") << "as reports write it";
  EXPECT_EQ(meant("BM_x real_time"), "performance/BM_x real_time");
  EXPECT_EQ(meant("accuracy"), "quality/accuracy") << "the one over everything before its slices";
}

TEST(Addresses, that_mean_several_checks_are_listed) {
  EXPECT_EQ(refusal("Suite.Test"),
            "2 checks are called 'Suite.Test'\n  other/Suite.Test\nunit/Suite.Test\nSay which of these.");
  Verdict slices = verdict_of({accuracy("en"), accuracy("zh")});
  EXPECT_THAT(error_of([&] { check_called(slices, "accuracy"); }),
              HasSubstr("quality/accuracy[lang=en]\nquality/accuracy[lang=zh]"));
}

TEST(Addresses, that_mean_none_are_answered_with_the_nearest) {
  EXPECT_THAT(refusal("acuracy"), HasSubstr("Did you mean 'accuracy'?"));
  EXPECT_THAT(refusal("real_time"), HasSubstr("performance/BM_x real_time\nThese hold it"));
  EXPECT_THAT(refusal("something entirely else"), HasSubstr("Its checks are called like 'quality/accuracy'"));
  Verdict empty = verdict_of({});
  EXPECT_THAT(error_of([&] { check_called(empty, "accuracy"); }), HasSubstr("no checks at all"));
}

TEST(Addresses, that_two_checks_share_mean_the_worse_one) {
  Verdict verdict = verdict_of({accuracy(), accuracy("", Status::fail)});
  EXPECT_EQ(check_called(verdict, "accuracy").status, Status::fail);
}

}  // namespace
}  // namespace modelgate
