#include "reporters/explain/reasons.h"

#include <algorithm>

namespace modelgate {
namespace {

constexpr auto parts = {reasons_of_decisions, reasons_of_tests, reasons_of_data, reasons_of_runs};

}  // namespace

const ReasonText* reason_text(std::string_view code) {
  for (const auto part : parts) {
    const auto texts = part();
    const auto found =
        std::find_if(texts.begin(), texts.end(), [&](const ReasonText& text) { return text.code == code; });
    if (found != texts.end()) return &*found;
  }
  return nullptr;
}

std::vector<std::string> explained_reasons() {
  std::vector<std::string> codes;
  for (const auto part : parts)
    for (const ReasonText& text : part()) codes.emplace_back(text.code);
  return codes;
}

}  // namespace modelgate
