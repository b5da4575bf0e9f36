#include "runners/torch/class_names.h"

#include <unordered_map>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {

std::vector<std::string> read_class_names(const std::filesystem::path& path) {
  constexpr std::uintmax_t most_bytes = 64u << 20;
  const std::string text = read_file(path, most_bytes);
  std::vector<std::string> names;
  std::unordered_map<std::string, std::size_t> line_of;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string name = text.substr(begin, end - begin);
    begin = end + 1;
    if (!name.empty() && name.back() == '\r') name.pop_back();
    const std::string where = path.string() + ":" + std::to_string(names.size() + 1);
    if (name.empty()) throw usage_error(where, "is empty where the name of a class was expected");
    if (!is_printable(name))
      throw usage_error(where, "is no line of text", "A class name a line was expected.");
    const auto [earlier, is_new] = line_of.emplace(name, names.size() + 1);
    if (!is_new)
      throw usage_error(where, "repeats the class '" + name + "' of line " + std::to_string(earlier->second));
    names.push_back(std::move(name));
  }
  if (names.empty()) throw usage_error(path.string(), "names no classes");
  return names;
}

}  // namespace modelgate
