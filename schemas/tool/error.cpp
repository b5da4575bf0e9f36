#include "schemas/tool/error.h"

#include <utility>

namespace modelgate {

Error::Error(ErrorKind kind, std::string where, std::string what, std::string hint)
    : kind_(kind), where_(std::move(where)), message_(std::move(what)), hint_(std::move(hint)) {
  whole_ = where_.empty() ? message_ : where_ + ": " + message_;
  if (!hint_.empty()) whole_ += "\n  " + hint_;
}

Error usage_error(std::string where, std::string what, std::string hint) {
  return {ErrorKind::usage, std::move(where), std::move(what), std::move(hint)};
}

Error infrastructure_error(std::string where, std::string what, std::string hint) {
  return {ErrorKind::infrastructure, std::move(where), std::move(what), std::move(hint)};
}

}  // namespace modelgate
