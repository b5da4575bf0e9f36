#include "runners/selftest/lost_series.h"

#include <algorithm>
#include <memory>
#include <set>

#include "runners/selftest/answer_rows.h"
#include "runners/selftest/plant_records.h"
#include "schemas/documents/manifest.h"
#include "schemas/formats/gate_input.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using Lost = std::vector<std::pair<std::string, std::function<void(const ResultsFolder&)>>>;

/// The candidate's rows but those that are lost.
std::function<void(const ResultsFolder&)> rows_without(const Specimen& specimen,
                                                       const std::shared_ptr<const AnswerRows>& rows,
                                                       std::set<std::size_t> lost) {
  return [&specimen, rows, lost = std::move(lost)](const ResultsFolder& results) {
    std::string text;
    for (std::size_t i = 0; i < rows->size(); ++i)
      if (!lost.contains(i)) text += std::string(rows->line(i)) + "\n";
    write_rows(specimen, text, results);
  };
}

/// One after the other is lost; more of them would show nothing else.
constexpr std::size_t most_lost_slices = 20;

bool is_sliced_by(const Specimen& specimen, const std::string& field) {
  const auto checks = specimen.setting("checks"), slices = specimen.setting("slices");
  return std::find(slices.begin(), slices.end(), field) != slices.end() ||
         std::any_of(checks.begin(), checks.end(), [&](const std::string& check) {
           return check.find("by=" + field) != std::string::npos ||
                  check.find("by=\"" + field) != std::string::npos;
         });
}

Lost lost_rows(const Specimen& specimen) {
  const auto rows = std::make_shared<const AnswerRows>(rows_file(specimen), field_names(specimen));
  Lost lost;
  lost.emplace_back("one row: missing", rows_without(specimen, rows, {rows->size() - 1}));
  std::size_t slices = 0;
  for (const auto& [field, value] : rows->slices()) {
    if (!is_sliced_by(specimen, field) || ++slices > most_lost_slices) continue;
    const AnswerRows::Part part = rows->part({{field, value}});
    std::set<std::size_t> of_slice(part.right.begin(), part.right.end());
    of_slice.insert(part.wrong.begin(), part.wrong.end());
    if (of_slice.size() < rows->size())
      lost.emplace_back("slice " + field + "=" + value + ": missing", rows_without(specimen, rows, of_slice));
  }
  const auto rewritten = [&](const std::string& words,
                             std::function<void(std::vector<std::string>&)> rewrite) {
    lost.emplace_back(words, [&specimen, rows, rewrite = std::move(rewrite)](const ResultsFolder& results) {
      std::vector<std::string> lines;
      for (std::size_t i = 0; i < rows->size(); ++i) lines.emplace_back(rows->line(i));
      rewrite(lines);
      std::string text;
      for (const std::string& line : lines) text += line + "\n";
      write_rows(specimen, text, results);
    });
  };
  rewritten("last row: cut off", [](auto& lines) { lines.back().resize(lines.back().size() / 2); });
  rewritten("first row: NaN",
            [](auto& lines) { lines.front().insert(lines.front().find('{') + 1, "\"nll\": NaN, "); });
  rewritten("answers of every row: errors", [error = field_names(specimen)](auto& lines) {
    const auto named = error.find("error");
    const std::string name = named == error.end() ? "error" : named->second;
    for (std::string& line : lines) line.insert(line.find('{') + 1, "\"" + name + "\": \"planted\", ");
  });
  return lost;
}

}  // namespace

std::string planted_data_name(const Specimen& specimen, Role role) {
  if (specimen.gate.kind == "quality") return name_of(role) + ".jsonl";
  if (specimen.gate.kind == "regression") return name_of(role) + ".safetensors";
  return "";
}

void write_whole(const Specimen& specimen, const ResultsFolder& results) {
  for (Measurements measurements : {specimen.candidate, specimen.baseline}) {
    const std::string name = planted_data_name(specimen, measurements.subject.role);
    if (!name.empty()) {
      const fs::path folder = results.measurements(specimen.gate.from);
      std::error_code failure;
      fs::create_directories(folder, failure);
      std::visit(
          [&](auto& series) {
            if constexpr (requires { series.digest; }) {
              fs::copy_file(data_file(specimen.document, series.path, series.digest), folder / name, failure);
              if (failure)
                throw infrastructure_error(folder.string(), "cannot be written: " + failure.message());
              series.path = name;
            }
          },
          measurements.series.front());
    }
    write_planted(measurements, results, specimen.gate);
  }
}

Lost lost_parts(const Specimen& specimen) {
  if (specimen.gate.kind == "quality") return lost_rows(specimen);
  return {};
}

}  // namespace modelgate
