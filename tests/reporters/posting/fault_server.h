#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace modelgate {

/// fault_server.py as a child: it ends when this does, and, because its standard input ends, when the test's
/// process does.
class FaultServer {
 public:
  /// `host` of its certificate makes it a server of HTTPS, with its files in `folder`; "": HTTP.
  explicit FaultServer(const std::string& host = "", const std::string& folder = "") {
    int to_child[2], from_child[2];
    if (::pipe2(to_child, O_CLOEXEC) != 0 || ::pipe2(from_child, O_CLOEXEC) != 0)
      throw std::runtime_error("pipe");
    std::vector<std::string> words = {"python3",
                                      MODELGATE_SOURCE_DIR "/tests/reporters/posting/fault_server.py"};
    if (!host.empty()) {
      std::filesystem::create_directories(folder);
      words.insert(words.end(), {"--tls", folder, host});
    }
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(to_child[0], STDIN_FILENO);
      ::dup2(from_child[1], STDOUT_FILENO);
      ::execvp("python3", arguments.data());
      ::_exit(127);
    }
    ::close(to_child[0]);
    ::close(from_child[1]);
    input_ = to_child[1];
    char c = 0;
    while (::read(from_child[0], &c, 1) == 1 && c != '\n') port_ += c;
    ::close(from_child[0]);
    if (port_.empty()) throw std::runtime_error("the test's server did not start");
  }
  ~FaultServer() {
    ::close(input_);
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  FaultServer(const FaultServer&) = delete;
  FaultServer& operator=(const FaultServer&) = delete;

  const std::string& port() const { return port_; }

 private:
  pid_t child_ = -1;
  int input_ = -1;
  std::string port_;
};

}  // namespace modelgate
