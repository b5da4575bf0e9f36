#include "gates/baseline/arrival.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "schemas/tool/error.h"

namespace modelgate {

Arrival::Arrival(const Folder& incoming) : incoming_(incoming) {
  for (int number = 0; !file_.is_open(); ++number) {
    name_ = std::to_string(::getpid()) + "-" + std::to_string(number);
    file_ = Descriptor(::openat(incoming.number(), name_.c_str(),
                                O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (!file_.is_open() && errno != EEXIST)
      throw infrastructure_error(incoming.path().string(),
                                 std::string("nothing can be written there: ") + std::strerror(errno));
  }
}

Arrival::~Arrival() {
  if (!name_.empty()) ::unlinkat(incoming_.number(), name_.c_str(), 0);
}

void Arrival::add(std::string_view bytes) {
  write_all(file_, bytes, incoming_.path() / name_);
  sha_.add(bytes);
  bytes_ += static_cast<std::int64_t>(bytes.size());
}

void Arrival::place(const Folder& folder, const std::string& name) {
  const bool placed = ::fchmod(file_.number(), 0444) == 0 && ::fsync(file_.number()) == 0 && file_.close() &&
                      ::renameat(incoming_.number(), name_.c_str(), folder.number(), name.c_str()) == 0;
  if (!placed)
    throw infrastructure_error((folder.path() / name).string(),
                               std::string("cannot be written: ") + std::strerror(errno));
  name_.clear();
  folder.sync();
}

void clear(const Folder& incoming) {
  for (const std::string& name : incoming.names()) incoming.remove(name);
}

}  // namespace modelgate
