#include "schemas/documents/baseline_wish.h"

#include <string_view>

#include "schemas/documents/branch_name.h"
#include "schemas/documents/manifest.h"

namespace modelgate {
namespace {

constexpr std::string_view latest = "latest", of_branch = "branch:", merge_base = "merge-base";

}  // namespace

std::string BaselineWish::text() const {
  switch (kind) {
    case Kind::latest:
      return std::string(latest);
    case Kind::version:
      return name;
    case Kind::branch:
      return std::string(of_branch) + name;
    case Kind::merge_base:
      return std::string(merge_base) + (name.empty() ? "" : ":" + name);
  }
  return "";
}

std::optional<BaselineWish> baseline_wish(const std::string& text) {
  using Kind = BaselineWish::Kind;
  if (text == latest) return BaselineWish{};
  if (text == merge_base) return BaselineWish{Kind::merge_base, ""};
  if (is_safe_name(text)) return BaselineWish{Kind::version, text};
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return std::nullopt;
  const std::string word = text.substr(0, colon + 1), branch = text.substr(colon + 1);
  if (!is_branch_name(branch)) return std::nullopt;
  if (word == of_branch) return BaselineWish{Kind::branch, branch};
  if (word == std::string(merge_base) + ":") return BaselineWish{Kind::merge_base, branch};
  return std::nullopt;
}

}  // namespace modelgate
