#include "schemas/tool/standard_input.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/temporary_folder.h"

using namespace modelgate;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t no_limit = std::uint64_t{1} << 40;

/// Keeps what a pipe gives.
fs::path kept_from_pipe(const std::string& text, std::uint64_t limit = no_limit) {
  int ends[2];
  EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  std::thread writer([&] {
    for (std::size_t at = 0; at < text.size();) {
      const ssize_t count = ::write(ends[1], text.data() + at, text.size() - at);
      if (count <= 0) break;
      at += static_cast<std::size_t>(count);
    }
    ::close(ends[1]);
  });
  struct Joined {
    std::thread& writer;
    int end;
    ~Joined() {
      // What is left in the pipe is read, so that the writer comes to its end.
      char rest[4096];
      while (::read(end, rest, sizeof rest) > 0) {
      }
      ::close(end);
      writer.join();
    }
  } joined{writer, ends[0]};
  return kept_input(ends[0], limit);
}

std::string error_keeping(int descriptor) {
  return error_of([&] { kept_input(descriptor, no_limit); }, ErrorKind::infrastructure);
}

TEST(StandardInput, is_called_so_where_it_is_meant) {
  EXPECT_TRUE(is_standard_input("-"));
  EXPECT_FALSE(is_standard_input("./-"));
  EXPECT_FALSE(is_standard_input(""));
  EXPECT_EQ(input_name("-"), "standard input");
  EXPECT_EQ(input_name("a/b"), "a/b");
  EXPECT_EQ(readable_path("a/b"), "a/b");
}

TEST(StandardInput, of_a_pipe_is_kept_and_can_be_read_again) {
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += std::to_string(i) + "\n";
  const fs::path path = kept_from_pipe(text);
  EXPECT_EQ(read_file(path), text);
  EXPECT_EQ(read_file(path), text);
  EXPECT_EQ(read_file(kept_from_pipe("")), "");
}

TEST(StandardInput, leaves_no_file_behind) {
  const TemporaryFolder folder;
  const char* const before = std::getenv("TMPDIR");
  const std::string restored = before == nullptr ? "" : before;
  ::setenv("TMPDIR", folder.path().c_str(), 1);
  const fs::path path = kept_from_pipe("words");
  EXPECT_EQ(read_file(path), "words");
  EXPECT_TRUE(fs::is_empty(folder.path()));
  ::setenv("TMPDIR", (folder / "none").c_str(), 1);
  EXPECT_THAT(error_of([] { kept_from_pipe("words"); }, ErrorKind::infrastructure),
              HasSubstr("none': No such file or directory\n  TMPDIR names the folder for it."));
  restored.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", restored.c_str(), 1);
}

TEST(StandardInput, that_is_a_file_is_taken_from_where_it_stands) {
  const TemporaryFolder folder;
  const int file = ::open(folder.with("rows", "first\nsecond\n").c_str(), O_RDONLY | O_CLOEXEC);
  EXPECT_EQ(read_file(kept_input(file, no_limit)), "first\nsecond\n");
  EXPECT_EQ(kept_input(file, 3), kept_input(file, no_limit)) << "nothing is kept of it";
  char line[6];
  ASSERT_EQ(::read(file, line, sizeof line), 6);
  EXPECT_EQ(read_file(kept_input(file, no_limit)), "second\n");
  ::close(file);
}

TEST(StandardInput, has_a_limit) {
  EXPECT_EQ(error_of([] { kept_from_pipe("12345", 4); }),
            "standard input: is larger than 4 bytes\n  Name a file instead of '-'.");
  EXPECT_EQ(read_file(kept_from_pipe("1234", 4)), "1234");
}

TEST(StandardInput, that_cannot_be_read_is_an_error) {
  EXPECT_EQ(error_keeping(987), "standard input: cannot be read: Bad file descriptor");
  const int folder = ::open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  EXPECT_EQ(error_keeping(folder), "standard input: cannot be read: Is a directory");
  ::close(folder);
}

}  // namespace
