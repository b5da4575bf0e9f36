#pragma once

#include <string>

namespace modelgate {

/// What git check-ref-format allows, as far as a name that it does not could mislead us or a reader: at most
/// 250 bytes, printable, none of " ~^:?*[\", no "..", "//", "/." and "@{", not beginning with '-', '.', '/'
/// or "refs/", not ending in '/'. No such name can be taken for an option.
bool is_branch_name(const std::string& name);

}  // namespace modelgate
