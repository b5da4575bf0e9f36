#include "gates/suite/waivers.h"

#include "schemas/documents/check_address.h"

namespace modelgate {

bool apply_waivers(Verdict& verdict, const std::vector<Waiver>& waivers, const std::string& today) {
  bool changed = false;
  for (const Waiver& waiver : waivers) {
    const bool expired = !(today <= waiver.until);
    bool met = false, undecided = false;
    for (Check& check : verdict.checks) {
      if (address_of(check) != waiver.check) continue;
      undecided = check.status == Status::error || check.status == Status::inconclusive;
      if (check.status != Status::fail) continue;
      met = true;
      if (expired) continue;
      check.status = Status::pass;
      check.waiver = waiver.reason + " (until " + waiver.until + ")";
      // What it lets through must not outlive it.
      if (verdict.valid_until.empty() || waiver.until < verdict.valid_until)
        verdict.valid_until = waiver.until;
      changed = true;
    }
    if (expired && met)
      verdict.warnings.push_back("the waiver of " + waiver.check + " ended on " + waiver.until);
    else if (undecided)
      verdict.warnings.push_back(
          "the waiver of " + waiver.check +
          " lets nothing through: the check was not decided, and only a failure can be waived");
    else if (!met)
      verdict.warnings.push_back("the waiver of " + waiver.check + " meets no failure and can be removed");
  }
  return changed;
}

}  // namespace modelgate
