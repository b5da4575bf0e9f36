#include "schemas/pipeline/told.h"

#include "schemas/documents/branch_name.h"
#include "schemas/tool/printable.h"

namespace modelgate::told {
namespace {

constexpr std::size_t longest_name = 250, longest_word = 2000;

bool consists_of(const std::string& text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string::npos;
}

}  // namespace

std::string branch(const std::string& name) { return is_branch_name(name) ? name : ""; }

std::string tag(const std::string& text) {
  if (text.empty()) return "";
  return is_printable(text) ? beginning(text, longest_name) : "(tag)";
}

std::string commit(const std::string& text) {
  constexpr std::size_t shortest = 7, longest = 64;
  if (text.size() > 1 && text.size() < 12 && text[0] == 'r' && consists_of(text.substr(1), "0123456789"))
    return text;
  return text.size() >= shortest && text.size() <= longest && consists_of(text, "0123456789abcdef") ? text
                                                                                                    : "";
}

std::string number(const std::string& text) {
  return !text.empty() && text.size() < 19 && consists_of(text, "0123456789") ? text : "";
}

std::string word(const std::string& text) {
  return text.size() <= longest_word && is_printable(text) && text.find(' ') == std::string::npos ? text : "";
}

}  // namespace modelgate::told
