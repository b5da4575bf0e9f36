#include "runners/selftest/plant_records.h"

#include <algorithm>
#include <memory>
#include <set>

#include "runners/selftest/wrong_answers.h"
#include "schemas/documents/manifest.h"
#include "schemas/formats/gate_input.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

const RecordSeries& records_of(const Measurements& measurements) {
  return std::get<RecordSeries>(measurements.series.front());
}

void set(PlanGate& gate, const std::string& key, const std::string& value) {
  std::erase_if(gate.settings, [&](const PlanSetting& setting) { return setting.key == key; });
  gate.settings.push_back({key, {value}, false});
}

/// The gate with one of its checks. Wrong answers make no test text known.
PlanGate with_one_check(PlanGate gate, const std::string& text) {
  static const std::set<std::string> of_texts = {"train",        "train_field", "train_lines", "test",
                                                 "contaminated", "repeated",    "similar",     "shingle",
                                                 "contained",    "ngram"};
  std::erase_if(gate.settings, [](const PlanSetting& setting) { return of_texts.contains(setting.key); });
  for (PlanSetting& setting : gate.settings)
    if (setting.key == "checks") setting.values = {text};
  return gate;
}

std::string half_wrong(const AnswerRows& rows) {
  std::vector<AnswerRows::Answer> answers(rows.size(), AnswerRows::Answer::as_it_is);
  const std::vector<std::size_t> right = rows.part({}).right;
  for (std::size_t k = 0; k < (right.size() + 1) / 2; ++k) answers[right[k]] = AnswerRows::Answer::wrong;
  return rows.text(answers);
}

struct RecordPlanter {
  const Specimen& specimen;
  Laboratory& laboratory;
  Matrix& matrix;
  WholeVerdicts& whole;
  std::shared_ptr<const AnswerRows> rows;
  std::string unharmed_text;

  void add(const PlanGate& gate, const std::string& name, const std::string& text,
           std::function<void(const Obtained&)> then) const {
    laboratory.add(gate_trial(
        specimen, gate, name,
        [&specimen = specimen, text](const ResultsFolder& results) { write_rows(specimen, text, results); },
        std::move(then)));
  }

  void take_whole(const Obtained& obtained) const {
    if (!obtained.verdict) {
      matrix.add({specimen.gate.name, "", {}, Level::none, "nothing", Expected::not_fail}, obtained);
      return;
    }
    whole.unharmed[specimen.gate.name] = *obtained.verdict;
    matrix.count_in_family(*obtained.verdict);
    // A limit is not kept by itself: the candidate of the last run may be below it. What is only told cannot
    // fail.
    for (const Check& check : obtained.verdict->checks)
      if ((!check.limit && check.reason != "no_limit") || check.status == Status::error)
        matrix.add({check.gate, check.name, check.slice, Level::none, "nothing", Expected::not_fail},
                   obtained);
    if (obtained.verdict->status == Status::error) return;
    add(specimen.gate, "gross", half_wrong(*rows), [*this](const Obtained& harmed) {
      if (harmed.verdict) whole.harmed[specimen.gate.name] = *harmed.verdict;
    });
    if (!specimen.setting("contaminated").empty()) plant_contamination();
    for (const std::string& text : specimen.setting("checks")) {
      const PlanGate gate = with_one_check(specimen.gate, text);
      add(gate, text, unharmed_text, [*this, gate](const Obtained& alone) { plant_check(gate, alone); });
    }
  }

  /// A model that was trained on the test texts.
  void plant_contamination() const {
    PlanGate gate = specimen.gate;
    const std::vector<std::string> test = specimen.setting("test");
    const std::map<std::string, std::string> names = field_names(specimen);
    const auto input = names.find("input");
    std::erase_if(gate.settings, [](const PlanSetting& setting) { return setting.key == "train_lines"; });
    set(gate, "train", test.empty() ? fs::absolute(rows_file(specimen)).string() : test.front());
    set(gate, "train_field", input == names.end() ? "input" : input->second);
    add(gate, "contamination", unharmed_text, [*this](const Obtained& obtained) {
      matrix.add({specimen.gate.name,
                  "contamination max",
                  {},
                  Level::gross,
                  "the test texts as training data",
                  Expected::fail},
                 obtained);
    });
  }

  void plant_check(const PlanGate& gate, const Obtained& alone) const {
    if (!alone.verdict) {
      matrix.add({gate.name, "", {}, Level::none, "nothing", Expected::not_fail}, alone);
      return;
    }
    for (const Demand demand : {Demand::margin, Demand::limit})
      for (const Level level : {Level::half, Level::twice, Level::gross}) {
        const auto planting = std::make_shared<WrongAnswers>(specimen, gate, rows, *alone.verdict, demand,
                                                             level, laboratory, matrix);
        if (!planting->is_for_nothing()) planting->start();
      }
  }
};

}  // namespace

std::map<std::string, std::string> field_names(const Specimen& specimen) {
  std::map<std::string, std::string> names;
  for (const std::string& entry : specimen.setting("fields")) {
    const std::size_t at = entry.find('=');
    if (at != std::string::npos) names[entry.substr(0, at)] = entry.substr(at + 1);
  }
  return names;
}

fs::path rows_file(const Specimen& specimen) {
  const RecordSeries& series = records_of(specimen.candidate);
  return data_file(specimen.document, series.path, series.digest);
}

void write_rows(const Specimen& specimen, const std::string& text, const ResultsFolder& results) {
  const auto write = [&](Measurements measurements, const std::string& path) {
    auto& series = std::get<RecordSeries>(measurements.series.front());
    series.path = path;
    write_planted(measurements, results, specimen.gate);
  };
  const fs::path folder = results.measurements(specimen.gate.from);
  Measurements candidate = specimen.candidate;
  std::get<RecordSeries>(candidate.series.front()).digest = digest_of_bytes(text);
  write(candidate, "candidate.jsonl");
  write_planted(folder / "candidate.jsonl", text);
  write(specimen.baseline, "baseline.jsonl");
  std::error_code failure;
  fs::copy_file(rows_file(specimen), folder / "baseline.jsonl", fs::copy_options::overwrite_existing,
                failure);
  if (failure) throw infrastructure_error(folder.string(), "cannot be written: " + failure.message());
}

void plant_records(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole) {
  auto rows = std::make_shared<const AnswerRows>(rows_file(specimen), field_names(specimen));
  if (rows->part({}).right.empty())
    throw infrastructure_error(specimen.document.string(), "holds no right answer that could be made wrong");
  const std::vector<AnswerRows::Answer> as_they_are(rows->size(), AnswerRows::Answer::as_it_is);
  std::string text = rows->text(as_they_are);
  const RecordPlanter planter{specimen, laboratory, matrix, whole, rows, text};
  planter.add(specimen.gate, "none", text,
              [planter](const Obtained& obtained) { planter.take_whole(obtained); });
}

}  // namespace modelgate
