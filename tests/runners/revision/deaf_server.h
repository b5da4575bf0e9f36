#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace modelgate {

/// A server on this machine that is of no use to Git.
class DeafServer {
 public:
  enum class Manner { asks_for_a_password, says_nothing };
  /// `meanwhile` is called at every request of the manner that asks for a password, while its client waits.
  explicit DeafServer(Manner manner, std::function<void()> meanwhile = {});
  ~DeafServer();
  DeafServer(const DeafServer&) = delete;
  DeafServer& operator=(const DeafServer&) = delete;

  std::string port() const { return std::to_string(port_); }
  /// What was asked of it last, of the manner that asks for a password.
  std::string request() const {
    const std::lock_guard hold(mutex_);
    return request_;
  }

 private:
  void serve();

  Manner manner_;
  std::function<void()> meanwhile_;
  int listener_ = -1, port_ = 0;
  mutable std::mutex mutex_;
  std::string request_;
  std::thread thread_;
};

}  // namespace modelgate
