#include "runners/plan/calibrated.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>

#include "runners/plan/calibrate.h"
#include "schemas/documents/calibration.h"

namespace modelgate {
namespace {

/// The day that a text begins with, counted; none if it is not "2026-11-24…".
std::optional<std::int64_t> day_number(const std::string& text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t begin, std::size_t count) {
    int value = -1;
    std::from_chars(text.data() + begin, text.data() + begin + count, value);
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                         std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

/// Why the calibration cannot be used; empty if it can.
std::string unusable(const Calibration& calibration, const Plan& plan, const std::string& today,
                     const std::map<std::string, std::string>& machine) {
  const auto made = day_number(calibration.created), now = day_number(today);
  if (!made || !now) return "bears no day";
  if (*now - *made > calibration_lasts_days) return "is " + std::to_string(*now - *made) + " days old";
  if (calibration.plan_digest != plan.digest) return "is of another state of the plan";
  for (const char* trait : {"cpu", "cores", "cpu_share", "governor"}) {
    const auto then = calibration.environment.find(trait), here = machine.find(trait);
    const std::string before = then == calibration.environment.end() ? "" : then->second;
    if (before != (here == machine.end() ? "" : here->second)) return "was made on another machine";
  }
  return "";
}

}  // namespace

CalibrationUse calibration_for(const Plan& plan, const std::string& today,
                               const std::map<std::string, std::string>& machine) {
  const std::filesystem::path file = plan.folder / calibration_file;
  std::error_code failure;
  if (!std::filesystem::exists(file, failure)) return {};
  const Calibration calibration = read_calibration(file);
  if (const std::string why = unusable(calibration, plan, today, machine); !why.empty())
    return {
        {}, false, {"the calibration " + why + " and was not used: `modelgate calibrate` makes a new one"}};
  CalibrationUse use{calibration.pairs, true, {}};
  for (const CalibratedCheck& check : calibration.checks)
    if (check.too_noisy)
      use.notes.push_back("calibration: " + check.gate + ": " + check.name + " is " + check.advice);
  return use;
}

void take_pairs(const CalibrationUse& use, std::vector<PlanRun>& runs) {
  for (PlanRun& run : runs) {
    const auto pairs = use.pairs.find(run.name);
    const bool is_open = std::none_of(run.settings.begin(), run.settings.end(), [](const auto& setting) {
      return setting.key == "pairs" || setting.key == "looks";
    });
    if (pairs != use.pairs.end() && is_open)
      run.settings.push_back({"pairs", {std::to_string(pairs->second)}, false});
  }
}

}  // namespace modelgate
