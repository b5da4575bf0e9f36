#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <filesystem>

#include "runners/plan/candidate.h"
#include "schemas/documents/manifest.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

class FolderStateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("state ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    write_file(folder_ / "model.pt", "weights");
    write_file(folder_ / "bin" / "tests", "program");
  }
  fs::path folder_;
};

TEST_F(FolderStateTest, its_digest_is_that_of_the_store) {
  EXPECT_EQ(FolderState(folder_).digest(), digest_of(list_files(folder_)));
}

TEST_F(FolderStateTest, a_folder_that_nobody_touches_is_unchanged) {
  EXPECT_TRUE(FolderState(folder_).is_unchanged());
}

TEST_F(FolderStateTest, a_change_of_equal_length_is_seen) {
  const FolderState state(folder_);
  write_file(folder_ / "model.pt", "Weights");
  EXPECT_FALSE(state.is_unchanged());
}

TEST_F(FolderStateTest, a_change_that_puts_the_old_time_back_is_seen) {
  struct stat before {};
  ASSERT_EQ(::stat((folder_ / "model.pt").c_str(), &before), 0);
  const FolderState state(folder_);
  write_file(folder_ / "model.pt", "Weights");
  const timespec times[2] = {before.st_atim, before.st_mtim};
  ASSERT_EQ(::utimensat(AT_FDCWD, (folder_ / "model.pt").c_str(), times, 0), 0);
  EXPECT_FALSE(state.is_unchanged());
}

TEST_F(FolderStateTest, files_that_come_or_go_are_seen) {
  const FolderState state(folder_);
  write_file(folder_ / "new", "");
  EXPECT_FALSE(state.is_unchanged());
  fs::remove(folder_ / "new");
  EXPECT_TRUE(state.is_unchanged());
  fs::remove(folder_ / "model.pt");
  EXPECT_FALSE(state.is_unchanged());
  fs::remove_all(folder_);
  EXPECT_FALSE(state.is_unchanged());
}

TEST_F(FolderStateTest, a_file_that_was_only_touched_is_unchanged) {
  const FolderState state(folder_);
  ASSERT_EQ(::utimes((folder_ / "model.pt").c_str(), nullptr), 0);
  EXPECT_TRUE(state.is_unchanged());
}

}  // namespace
}  // namespace modelgate
