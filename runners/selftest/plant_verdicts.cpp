#include "runners/selftest/plant_verdicts.h"

#include <algorithm>
#include <functional>

#include "runners/selftest/specimen.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

struct VerdictPlanter {
  fs::path plan_file;
  std::vector<std::string> only;
  const WholeVerdicts& whole;
  Laboratory& laboratory;
  Matrix& matrix;

  void add(const Planting& planted, const std::function<void(const fs::path& verdicts)>& plant) const {
    laboratory.add({"suite-" + planted.words,
                    [*this, plant](const ResultsFolder& results) {
                      for (const auto& [gate, verdict] : whole.unharmed)
                        write_planted(results.gate_verdicts() / (gate + ".json"), to_json(verdict));
                      plant(results.gate_verdicts());
                      Comparison comparison;
                      return suite_step(plan_file, only, comparison, results);
                    },
                    [*this, planted](const Obtained& obtained) { matrix.add(planted, obtained); }});
  }

  void add(const std::string& words, Expected expected,
           const std::function<void(const fs::path& verdicts)>& plant) const {
    add({"suite", "", {}, Level::other, words, expected}, plant);
  }

  void plant_in(const std::string& gate) const {
    const std::string file = gate + ".json";
    // That a gate itself let it through has been said of its checks.
    if (const auto harmed = whole.harmed.find(gate);
        harmed != whole.harmed.end() && harmed->second.status == Status::fail)
      add("verdict of " + gate + ": gross regression", Expected::fail,
          [file, verdict = harmed->second](const fs::path& folder) {
            write_planted(folder / file, to_json(verdict));
          });
    const std::string text = to_json(whole.unharmed.at(gate));
    add("verdict of " + gate + ": missing (the gate was killed)", Expected::not_pass,
        [file](const fs::path& folder) { fs::remove(folder / file); });
    add("verdict of " + gate + ": cut off", Expected::not_pass, [file, text](const fs::path& folder) {
      write_planted(folder / file, text.substr(0, text.size() / 2));
    });
    add("verdict of " + gate + ": empty", Expected::not_pass,
        [file](const fs::path& folder) { write_planted(folder / file, ""); });
    add("verdict of " + gate + ": without checks", Expected::not_pass,
        [file, verdict = whole.unharmed.at(gate)](const fs::path& folder) {
          Verdict without = verdict;
          without.checks.clear();
          write_planted(folder / file, to_json(without));
        });
    if (whole.unharmed.size() > 1 && !whole.unharmed.at(gate).candidate.digest.empty())
      add("verdict of " + gate + ": on another candidate", Expected::not_pass,
          [file, verdict = whole.unharmed.at(gate)](const fs::path& folder) {
            Verdict other = verdict;
            char& digit = other.candidate.digest.back();
            digit = digit == '0' ? '1' : '0';
            write_planted(folder / file, to_json(other));
          });
  }
};

}  // namespace

void plant_verdicts(const fs::path& plan_file, const Plan& plan, const std::vector<PlanGate>& gates,
                    const std::vector<std::string>& only, const WholeVerdicts& whole, Laboratory& laboratory,
                    Matrix& matrix) {
  for (const Waiver& waiver : plan.waivers)
    matrix.note("waived until " + waiver.until + ", and so not stopped by the suite: " + waiver.check);
  // Where a gate could not say anything of the unharmed, the suite could not either, and that is known.
  if (whole.unharmed.size() != gates.size()) return;
  const VerdictPlanter planter{plan_file, only, whole, laboratory, matrix};
  // A candidate that is below a limit fails with nothing planted, and rightly.
  if (std::none_of(whole.unharmed.begin(), whole.unharmed.end(),
                   [](const auto& entry) { return entry.second.status == Status::fail; }))
    planter.add({"suite", "", {}, Level::none, "nothing", Expected::not_fail}, [](const fs::path&) {});
  for (const PlanGate& gate : gates) planter.plant_in(gate.name);
}

}  // namespace modelgate
