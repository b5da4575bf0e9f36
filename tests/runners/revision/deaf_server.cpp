#include "tests/runners/revision/deaf_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>
#include <vector>

namespace modelgate {

DeafServer::DeafServer(Manner manner, std::function<void()> meanwhile)
    : manner_(manner), meanwhile_(std::move(meanwhile)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const raw = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, raw, size) != 0 || ::listen(listener_, 8) != 0 ||
      ::getsockname(listener_, raw, &size) != 0)
    throw std::runtime_error("no server can be started");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

DeafServer::~DeafServer() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void DeafServer::serve() {
  std::vector<int> kept;
  for (int client; (client = ::accept(listener_, nullptr, nullptr)) >= 0;) {
    if (manner_ == Manner::says_nothing) {
      kept.push_back(client);
      continue;
    }
    char request[4096];
    const ssize_t got = ::read(client, request, sizeof request);
    if (meanwhile_) meanwhile_();
    {
      const std::lock_guard hold(mutex_);
      request_.assign(request, got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    const std::string answer =
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n"
        "Connection: close\r\n\r\n";
    [[maybe_unused]] const ssize_t put = ::write(client, answer.data(), answer.size());
    ::close(client);
  }
  for (const int client : kept) ::close(client);
}

}  // namespace modelgate
