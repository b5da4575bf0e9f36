#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "under_test.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string why_not_started(const std::vector<std::string>& argv) {
  ProcessSpec spec;
  spec.argv = argv;
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_EQ(outcome.ending, Ending::not_started);
  EXPECT_FALSE(outcome.succeeded());
  return outcome.start_error;
}

TEST(Starting, names_a_program_that_is_not_there) {
  EXPECT_EQ(why_not_started({"/no/such/program"}), "no such program: /no/such/program");
  EXPECT_EQ(why_not_started({"no-such-program-anywhere"}), "no such program: no-such-program-anywhere");
  EXPECT_EQ(why_not_started({"/dev/null/x"}), "no such program: /dev/null/x");
  EXPECT_EQ(why_not_started({""}), "no program is named");
  EXPECT_EQ(why_not_started({}), "no program is named");
}

TEST(Starting, says_why_a_file_cannot_be_run) {
  const fs::path folder = folder_of_test();
  write_file(folder / "plain", "#!/bin/sh\n");
  EXPECT_EQ(why_not_started({(folder / "plain").string()}),
            "permission denied: " + (folder / "plain").string());
  EXPECT_THAT(why_not_started({folder.string()}), HasSubstr("it is a folder"));
  write_file(folder / "garbage", std::string("\x01\x02garbage\x00", 10));
  write_file(folder / "no interpreter", "#!/no/such/interpreter\n");
  for (const char* name : {"garbage", "no interpreter"}) ::chmod((folder / name).c_str(), 0755);
  EXPECT_THAT(why_not_started({(folder / "garbage").string()}),
              HasSubstr("neither a program for this machine"));
  EXPECT_THAT(why_not_started({(folder / "no interpreter").string()}), HasSubstr("interpreter"));
  EXPECT_THAT(why_not_started({"/bin/true", std::string(3 << 20, 'x')}), HasSubstr("too long"));
  EXPECT_THAT(why_not_started({"/bin/true", std::string("a\0b", 3)}), HasSubstr("zero byte"));
}

TEST(Starting, says_which_folder_or_input_is_missing) {
  ProcessSpec spec = under_test({"exit", "0"});
  spec.folder = "/no/such folder";
  EXPECT_THAT(run_process(spec).start_error, HasSubstr("/no/such folder"));
  spec = under_test({"exit", "0"});
  spec.stdin_file = "/no/such input";
  try {
    run_process(spec);
    FAIL() << "ran without its input";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::infrastructure);
    EXPECT_EQ(error.where(), "/no/such input");
  }
  // And the next process starts as if nothing had been.
  EXPECT_TRUE(run_process(under_test({"exit", "0"})).succeeded());
}

TEST(Starting, arguments_arrive_as_they_are_and_no_shell_reads_them) {
  const std::string hostile = "$(touch /tmp/x); `id` 'a' \"b\" * \n ~ \\";
  EXPECT_EQ(run_process(under_test({"arguments", hostile, "", "--x=y z"})).out.text,
            hostile + "\n\n--x=y z\n");
}

TEST(Starting, the_environment_is_clean_but_for_what_is_declared) {
  ::setenv("MODELGATE_TEST_SECRET", "token", 1);
  ::setenv("TZ", "Asia/Shanghai", 1);
  ::setenv("LANG", "de_DE.UTF-8", 1);
  ProcessSpec spec = under_test({"environment"});
  spec.environment = {{"MODEL_HOME", "/a b"}, {"LANG", "C"}};
  const std::string seen = run_process(spec).out.text;
  EXPECT_THAT(seen, Not(HasSubstr("token")));
  EXPECT_THAT(seen, HasSubstr("MODEL_HOME=/a b\n"));
  EXPECT_THAT(seen, HasSubstr("LANG=C\n"));
  EXPECT_THAT(seen, Not(HasSubstr("de_DE")));
  EXPECT_THAT(seen, HasSubstr("TZ=Asia/Shanghai\n"));
  EXPECT_THAT(seen, HasSubstr("PATH="));
  ::unsetenv("MODELGATE_TEST_SECRET");
}

TEST(Starting, no_descriptor_of_ours_is_open_in_the_child) {
  const int leak = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC
  const int high = ::fcntl(leak, F_DUPFD, 900);
  EXPECT_EQ(run_process(under_test({"descriptors"})).out.text, "0\n1\n2\n");
  ::close(leak);
  ::close(high);
}

TEST(Starting, works_when_our_own_streams_are_closed) {
  const int kept = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10);
  ::close(STDIN_FILENO);
  const ProcessOutcome outcome = run_process(under_test({"descriptors"}));
  if (kept >= 0) ::dup2(kept, STDIN_FILENO);
  EXPECT_EQ(outcome.out.text, "0\n1\n2\n");
}

TEST(Starting, no_signal_is_ignored_or_blocked_in_the_child) {
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t usr;
  sigemptyset(&usr);
  sigaddset(&usr, SIGUSR1);
  ::sigprocmask(SIG_BLOCK, &usr, nullptr);
  EXPECT_EQ(run_process(under_test({"signals"})).out.text, "");
  sigset_t now;
  ::sigprocmask(SIG_UNBLOCK, &usr, &now);
  EXPECT_EQ(sigismember(&now, SIGUSR1), 1);
  ::signal(SIGPIPE, SIG_DFL);
}

TEST(Starting, a_child_has_a_session_and_a_folder_of_its_own) {
  EXPECT_EQ(run_process(under_test({"session"})).out.text, "1\n");
  ProcessSpec spec = under_test({"folder"});
  spec.folder = fs::canonical(folder_of_test());
  EXPECT_EQ(run_process(spec).out.text, spec.folder.string() + "\n");
}

TEST(Starting, stdin_is_empty_or_a_file) {
  ProcessSpec spec;
  spec.argv = {"cat"};
  EXPECT_EQ(run_process(spec).out.text, "");
  spec.stdin_file = folder_of_test() / "input";
  write_file(spec.stdin_file, "rows\n");
  EXPECT_EQ(run_process(spec).out.text, "rows\n");
}

TEST(Starting, a_program_is_found_in_the_path_that_the_child_sees) {
  const fs::path folder = folder_of_test();
  write_file(folder / "my-model", "#!/bin/sh\necho mine\n");
  ProcessSpec spec;
  spec.argv = {"my-model"};
  spec.environment = {{"PATH", folder.string() + ":/usr/bin:/bin"}};
  EXPECT_EQ(run_process(spec).start_error, "permission denied: " + (folder / "my-model").string());
  ::chmod((folder / "my-model").c_str(), 0755);
  EXPECT_EQ(run_process(spec).out.text, "mine\n");
}

}  // namespace
}  // namespace modelgate
