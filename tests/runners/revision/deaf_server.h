#pragma once

#include <string>
#include <thread>

namespace modelgate {

/// A server on this machine that is of no use to Git.
class DeafServer {
 public:
  enum class Manner { asks_for_a_password, says_nothing };
  explicit DeafServer(Manner manner);
  ~DeafServer();
  DeafServer(const DeafServer&) = delete;
  DeafServer& operator=(const DeafServer&) = delete;

  std::string port() const { return std::to_string(port_); }

 private:
  void serve() const;

  Manner manner_;
  int listener_ = -1, port_ = 0;
  std::thread thread_;
};

}  // namespace modelgate
