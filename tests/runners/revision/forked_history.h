#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/runners/revision/repository.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {

/// A remote repository:
///
///               f1 - f2      feature
///              /
///   m1 - m2 - m3 - m4 - m5   main
class ForkedHistory : public ::testing::Test {
 protected:
  ForkedHistory() {
    for (const char* file : {"m1", "m2", "m3"}) base_ = origin_.commit(file);
    origin_.git({"checkout", "--quiet", "-b", "feature"});
    origin_.commit("f1");
    feature_ = origin_.commit("f2");
    origin_.git({"checkout", "--quiet", "main"});
    origin_.commit("m4");
    main_ = origin_.commit("m5");
  }

  const TemporaryFolder folder_;
  const Repository origin_{folder_ / "origin"};
  std::string base_;            ///< m3
  std::string feature_, main_;  ///< The tips as they were made.
};

}  // namespace modelgate
