#pragma once

#include "gates/baseline/folder.h"

namespace modelgate {

/// The right to write into a store, until the end of this object or of the process, however that ends: the
/// system gives it back (flock(2)). Says on stderr after a second that it waits, and for whom. Errors: kind
/// infrastructure if it is not free within `wait_seconds`.
class StoreLock {
 public:
  StoreLock(const Folder& store, double wait_seconds);

 private:
  Descriptor file_;
};

}  // namespace modelgate
