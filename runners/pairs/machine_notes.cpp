#include "runners/pairs/machine_notes.h"

#include <sched.h>
#include <sys/personality.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace modelgate {

std::vector<std::string> machine_notes() {
  std::vector<std::string> notes;
  const long processors = ::sysconf(_SC_NPROCESSORS_ONLN);
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0 && CPU_COUNT(&allowed) < processors)
    notes.push_back("bound to " + std::to_string(CPU_COUNT(&allowed)) + " of " + std::to_string(processors) +
                    " processors");
  double load = 0;
  if (::getloadavg(&load, 1) == 1 && load > static_cast<double>(processors)) {
    char text[64];
    std::snprintf(text, sizeof text, "%.1f", load);
    notes.push_back("the machine was busy: a load of " + std::string(text) + " on " +
                    std::to_string(processors) + " processors");
  }
  int randomize = 1;
  std::ifstream("/proc/sys/kernel/randomize_va_space") >> randomize;
  constexpr unsigned long ask = 0xffffffff;
  const int traits = ::personality(ask);
  if (randomize == 0 || (traits != -1 && (traits & ADDR_NO_RANDOMIZE) != 0))
    notes.push_back(
        "addresses are not randomised: all processes share one layout, which hides a part of the noise");
  return notes;
}

}  // namespace modelgate
