#include "schemas/documents/check_address.h"

namespace modelgate {

std::string slice_address(const Check& check) {
  std::string slice;
  for (const auto& [field, value] : check.slice) slice += (slice.empty() ? "" : ",") + field + "=" + value;
  return slice.empty() ? "" : "[" + slice + "]";
}

std::string address_of(const Check& check) { return check.gate + "/" + check.name + slice_address(check); }

}  // namespace modelgate
