#include "schemas/documents/branch_name.h"

#include "schemas/tool/printable.h"

namespace modelgate {

bool is_branch_name(const std::string& name) {
  constexpr std::size_t longest = 250;
  if (name.empty() || name.size() > longest || !is_printable(name)) return false;
  if (name.find_first_of(" ~^:?*[\\") != std::string::npos) return false;
  if (name.starts_with("-") || name.starts_with("refs/") || name.ends_with("/")) return false;
  // ".invalid" is what HEAD holds where the branches lie in a reftable.
  for (const char* part : {"/.", "..", "//", "@{"})
    if (name.find(part) != std::string::npos) return false;
  return !name.starts_with(".") && !name.starts_with("/");
}

}  // namespace modelgate
