#include "gates/baseline/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using std::chrono::steady_clock;

/// Who wrote its number into the lock last.
std::string holder(const Descriptor& file) {
  char text[32] = {};
  const ssize_t got = ::pread(file.number(), text, sizeof text - 1, 0);
  const std::string number(text, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  const bool known = !number.empty() && number.find_first_not_of("0123456789\n") == std::string::npos;
  return known ? "process " + number.substr(0, number.find('\n')) : "another process";
}

}  // namespace

StoreLock::StoreLock(const Folder& store, double wait_seconds) {
  const std::filesystem::path path = store.path() / "lock";
  file_ = Descriptor(
      ::openat(store.number(), "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666));
  if (!file_.is_open())
    throw infrastructure_error(path.string(), std::string("cannot be opened: ") + std::strerror(errno));
  const auto began = steady_clock::now();
  const auto waited = [&] { return std::chrono::duration<double>(steady_clock::now() - began).count(); };
  auto pause = std::chrono::milliseconds(1);
  for (bool told = false; ::flock(file_.number(), LOCK_EX | LOCK_NB) != 0;) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      throw infrastructure_error(path.string(), std::string("cannot be locked: ") + std::strerror(errno));
    if (!(waited() < wait_seconds))
      throw infrastructure_error(store.path().string(), holder(file_) + " is still writing into this store",
                                 "Try again when it is done; --wait SECONDS waits longer.");
    if (!told && waited() > 1) {
      std::fprintf(stderr, "waiting for %s, which is writing into %s\n", holder(file_).c_str(),
                   printable(store.path().string()).c_str());
      told = true;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds(50));
  }
  // For whoever waits; a lock that cannot say it is held all the same.
  const std::string number = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file_.number(), 0) == 0) (void)!::pwrite(file_.number(), number.data(), number.size(), 0);
}

}  // namespace modelgate
