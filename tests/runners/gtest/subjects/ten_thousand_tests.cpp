// Ten thousand trivial tests, to measure what isolation costs.

#include <gtest/gtest.h>

#include <string>

namespace {

class Trivial : public ::testing::Test {
 public:
  explicit Trivial(int number) : number_(number) {}
  void TestBody() override { EXPECT_EQ(number_, number_); }

 private:
  int number_;
};

}  // namespace

int main(int argc, char** argv) {
  for (int i = 0; i < 10000; ++i) {
    const std::string suite = "Suite" + std::to_string(i / 100), test = "trivial_test_" + std::to_string(i);
    ::testing::RegisterTest(suite.c_str(), test.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                            [i]() -> Trivial* { return new Trivial(i); });
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
