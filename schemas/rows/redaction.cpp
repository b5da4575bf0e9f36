#include "schemas/rows/redaction.h"

#include <utility>
#include <vector>

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// Whether `path` is `field` or lies below it.
bool is_below(std::string_view path, std::string_view field) {
  return path.starts_with(field) && (path.size() == field.size() || path[field.size()] == '.');
}

/// Whether a part of the path is called so.
bool has_part(std::string_view path, std::string_view name) {
  for (std::size_t at = path.find(name); at != std::string_view::npos; at = path.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || path[at - 1] == '.') && (end == path.size() || path[end] == '.')) return true;
  }
  return false;
}

/// What lm-evaluation-harness calls our fields. That a field of another tool called so is hidden with ours,
/// too, does no harm.
constexpr std::pair<std::string_view, std::string_view> other_names[] = {{"id", "doc_id"},
                                                                         {"label", "target"},
                                                                         {"reference", "target"},
                                                                         {"prediction", "resps"},
                                                                         {"prediction", "filtered_resps"},
                                                                         {"output", "resps"},
                                                                         {"output", "filtered_resps"},
                                                                         {"slices", "doc"}};

void add_other_name(std::string_view path, std::string_view from, std::string_view to,
                    std::vector<std::string>& names) {
  if (is_below(path, from)) names.push_back(std::string(to) + std::string(path.substr(from.size())));
}

}  // namespace

std::set<std::string> redactions_of(const RowRequest& request, std::string_view path) {
  std::set<std::string> hiding;
  if (request.redacted.empty()) return hiding;
  std::vector<std::string> names{std::string(path)};
  const auto add = [&](std::string_view ours, std::string_view theirs) {
    add_other_name(path, ours, theirs, names);
    add_other_name(path, theirs, ours, names);
  };
  for (const auto& [ours, theirs] : request.names) add(ours, theirs);
  for (const auto& [ours, theirs] : other_names) add(ours, theirs);
  for (const std::string& field : request.redacted)
    for (const std::string& name : names)
      if (is_below(name, field) || has_part(name, field)) hiding.insert(field);
  return hiding;
}

bool is_redacted(const RowRequest& request, std::string_view path) {
  return !redactions_of(request, path).empty();
}

std::string shown_name(const RowRequest& request, const std::string& path) {
  const bool tells_a_class = path.starts_with("scores.") && is_redacted(request, path);
  return tells_a_class ? "scores" : path;
}

std::string shown(const RowRequest& request, std::string_view path, std::string_view value,
                  std::size_t bytes) {
  return is_redacted(request, path) ? std::string(redacted_value) : beginning(value, bytes);
}

}  // namespace modelgate
