#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gates/quality/quality.h"
#include "gates/quality/rows/row_sample.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/records.h"

namespace modelgate {

inline Record record(const std::string& id, const std::string& label, const std::string& prediction) {
  Record row;
  row.id = id;
  row.label = label;
  row.prediction = prediction;
  return row;
}

/// Asks for everything that the rows hold.
inline RowRequest request_for(const std::vector<Record>& rows) {
  std::set<std::string> slices, scores;
  for (const Record& row : rows) {
    for (const auto& [name, slice] : row.slices) slices.insert("slices." + name);
    for (const auto& [name, score] : row.scores) scores.insert("scores." + name);
  }
  RowRequest request;
  request.words = {"label", "prediction"};
  request.words.insert(request.words.end(), slices.begin(), slices.end());
  request.numbers = {"score"};
  request.numbers.insert(request.numbers.end(), scores.begin(), scores.end());
  return request;
}

/// Writes the rows into a file of the test's own, and reads it as the gate does.
inline AnswerFile file_of(const std::string& name, const std::vector<Record>& rows,
                          const std::optional<RowRequest>& request = std::nullopt) {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  std::string folder = std::string(test->test_suite_name()) + "." + test->name();
  std::replace(folder.begin(), folder.end(), '/', '-');
  const auto path = std::filesystem::path(::testing::TempDir()) / "quality rows" / folder / name;
  if (rows.empty()) return {path, request ? *request : request_for(rows), {name, {}, {}, {}, {}, {}, {}, {}}};
  write_file(path, json_text(rows));
  return read_answer_file(path, request ? *request : request_for(rows), 1);
}

/// Baseline and candidate.
struct Files {
  std::vector<Record> baseline, candidate;

  void add(const std::string& label, const std::string& before, const std::string& now, int times = 1) {
    for (int i = 0; i < times; ++i) {
      const std::string id = std::to_string(baseline.size());
      baseline.push_back(record(id, label, before));
      candidate.push_back(record(id, label, now));
    }
  }
  /// Puts the rows from number `from` on into a slice.
  void slice(std::size_t from, const std::string& field, const std::string& value) {
    for (std::vector<Record>* rows : {&baseline, &candidate})
      for (std::size_t i = from; i < rows->size(); ++i) {
        (*rows)[i].slices.emplace_back(field, value);
        std::sort((*rows)[i].slices.begin(), (*rows)[i].slices.end());
      }
  }
};

/// Right and wrong by a paired table: both right, lost, gained, both wrong; labels are "x" and "y" in turn.
inline Files table(int both, int lost, int gained, int neither) {
  Files files;
  const auto add = [&](int times, bool before, bool now) {
    for (int i = 0; i < times; ++i) {
      const bool x = files.baseline.size() % 2 == 0;
      const std::string label = x ? "x" : "y", other = x ? "y" : "x";
      files.add(label, before ? label : other, now ? label : other);
    }
  };
  add(both, true, true);
  add(lost, true, false);
  add(gained, false, true);
  add(neither, false, false);
  return files;
}

inline QualityDemands demanding(const std::vector<std::string>& checks) {
  QualityDemands demands;
  for (const std::string& text : checks) demands.checks.push_back(parse_check(text));
  return demands;
}

inline std::vector<Check> judged(const Files& files, const QualityDemands& demands) {
  Verdict verdict;
  verdict.gate = "quality";
  const RowRequest request = request_of(demands);
  const AnswerFile baseline = file_of("old.jsonl", files.baseline, request),
                   candidate = file_of("new.jsonl", files.candidate, request);
  judge_quality(&baseline, candidate, demands, verdict);
  return verdict.checks;
}

inline Check judged_one(const Files& files, const std::string& check) {
  const auto checks = judged(files, demanding({check}));
  return checks.size() == 1 ? checks.front() : Check{};
}

inline std::vector<Check> judged_first(const std::vector<Record>& rows, const QualityDemands& demands) {
  Verdict verdict;
  verdict.gate = "quality";
  verdict.first_release = true;
  judge_quality(nullptr, file_of("new.jsonl", rows, request_of(demands)), demands, verdict);
  return verdict.checks;
}

}  // namespace modelgate
