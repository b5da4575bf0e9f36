#include "reporters/posting/waiting.h"

#include <chrono>
#include <random>
#include <thread>

namespace modelgate {
namespace {

template <typename Clock>
double seconds_of() {
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

}  // namespace

double RealWaiting::now() { return seconds_of<std::chrono::steady_clock>(); }

double RealWaiting::utc() { return seconds_of<std::chrono::system_clock>(); }

double RealWaiting::chance() {
  static std::random_device source;
  return static_cast<double>(source() >> 1) / (static_cast<double>(std::random_device::max() >> 1) + 1);
}

void RealWaiting::wait(double seconds) {
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

}  // namespace modelgate
