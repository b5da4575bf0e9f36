#include "runners/selftest/losses.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "runners/selftest/lost_series.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// Adds trials of the whole gate, none of which may pass.
struct LossPlanter {
  const Specimen& specimen;
  Laboratory& laboratory;
  Matrix& matrix;

  /// `lose` works on documents and data that are whole.
  void add(const std::string& words, const std::function<void(const ResultsFolder&)>& lose) const {
    laboratory.add(gate_trial(
        specimen, specimen.gate, words,
        [*this, lose](const ResultsFolder& results) {
          write_whole(specimen, results);
          lose(results);
        },
        [*this, words](const Obtained& obtained) {
          matrix.add({specimen.gate.name, "", {}, Level::other, words, Expected::not_pass}, obtained);
        }));
  }

  void add_for_file(const std::string& what,
                    const std::function<fs::path(const ResultsFolder&)>& file) const {
    add(what + ": missing", [file](const ResultsFolder& results) { fs::remove(file(results)); });
    add(what + ": empty", [file](const ResultsFolder& results) { write_planted(file(results), ""); });
    add(what + ": cut off", [file](const ResultsFolder& results) {
      const std::string text = read_file(file(results));
      write_planted(file(results), std::string_view(text).substr(0, text.size() / 2));
    });
  }

  /// Of the candidate's document; a gate that compares with a golden file never opens the baseline's data.
  void add_for_documents() const {
    const PlanGate& gate = specimen.gate;
    for (const Role role : {Role::candidate, Role::baseline}) {
      const auto document = [gate, role](const ResultsFolder& results) {
        return planted_document(results, gate, role);
      };
      add_for_file("document of the " + name_of(role), document);
      const auto add_number = [&](const std::string& words, const std::string& by) {
        add("document of the " + name_of(role) + ": " + words, [document, by](const ResultsFolder& results) {
          const std::string text = read_file(document(results));
          std::string planted = with_number_replaced(text, "values", by);
          if (planted == text) planted = with_number_replaced(text, "version", by);
          write_planted(document(results), planted);
        });
      };
      add_number("NaN", "NaN");
      add_number("null", "null");
    }
    const auto is_golden = !specimen.setting("golden").empty();
    for (const Role role : {Role::candidate, Role::baseline}) {
      if (role == Role::baseline && is_golden) continue;
      for (const char* code : {"crashed", "timed_out"})
        add("run of the " + name_of(role) + ": " + code, [gate, role, code](const ResultsFolder& results) {
          Measurements measurements = read_measurements(planted_document(results, gate, role));
          measurements.problems.push_back({code, "planted by selftest"});
          write_planted(measurements, results, gate);
        });
    }
    add("document of the candidate: without series", [gate](const ResultsFolder& results) {
      Measurements measurements = read_measurements(planted_document(results, gate, Role::candidate));
      measurements.series.clear();
      write_planted(measurements, results, gate);
    });
  }

  void add_for_data() const {
    const std::string name = planted_data_name(specimen, Role::candidate);
    if (name.empty()) return;
    const auto file = [this_gate = specimen.gate, name](const ResultsFolder& results) {
      return results.measurements(this_gate.from) / name;
    };
    add_for_file("data file of the candidate", file);
    add("data file of the candidate: another digest", [file](const ResultsFolder& results) {
      write_planted(file(results), read_file(file(results)) + "\n");
    });
  }
};

}  // namespace

std::string with_number_replaced(const std::string& text, const std::string& key, std::string_view by) {
  const std::size_t at = text.find("\"" + key + "\":");
  if (at == std::string::npos) return text;
  const std::size_t begin = text.find_first_of("-0123456789", at + key.size() + 3);
  if (begin == std::string::npos) return text;
  const std::size_t end = std::min(text.find_first_not_of("-+.eE0123456789", begin), text.size());
  return text.substr(0, begin) + std::string(by) + text.substr(end);
}

void plant_losses(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix) {
  const LossPlanter planter{specimen, laboratory, matrix};
  planter.add_for_documents();
  planter.add_for_data();
  for (const auto& [words, lose] : lost_parts(specimen)) planter.add(words, lose);
}

}  // namespace modelgate
