#include "gates/quality/checks/evident_classes.h"

#include <algorithm>
#include <array>

namespace modelgate {
namespace {

constexpr std::array<std::array<const char*, 2>, 6> evident_pairs = {
    {{"0", "1"}, {"-1", "1"}, {"false", "true"}, {"False", "True"}, {"no", "yes"}, {"negative", "positive"}}};

}  // namespace

std::string evident_positive(const std::vector<std::string>& labels) {
  for (const auto& [negative, positive] : evident_pairs)
    if (labels == std::vector<std::string>{negative, positive}) return positive;
  return "";
}

std::vector<std::string> classes_with_scores(const CheckText& check, const std::string& positive) {
  if (!check.class_name.empty()) return {check.class_name};
  if (!positive.empty()) return {positive};
  std::vector<std::string> classes;
  for (const auto& [negative, evident] : evident_pairs)
    if (std::find(classes.begin(), classes.end(), evident) == classes.end()) classes.emplace_back(evident);
  return classes;
}

}  // namespace modelgate
