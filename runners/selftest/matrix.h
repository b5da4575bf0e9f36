#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/verdict.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// What a gate, or the suite, made of planted measurements.
struct Obtained {
  int exit_code = -1;              ///< -1: it did not end by itself.
  std::optional<Verdict> verdict;  ///< None where it left none, or one that its exit code contradicts.
  std::string words;               ///< Why there is no verdict.
  std::filesystem::path folder;    ///< Of the planted files; empty unless they are kept.
};

/// How much was planted, where that can be said in margins.
enum class Level {
  none,
  half,
  twice,
  gross,  ///< What nobody would accept, whatever margin was declared.
  other   ///< A loss, or something that a check knows no margin for.
};

std::string name_of(Level level);

enum class Expected {
  fail,
  not_fail,  ///< Pass, or inconclusive.
  not_pass   ///< Fail or error; an inconclusive one could be let through by the plan.
};

std::string name_of(Expected expected);

/// From good to bad.
enum class Ruling {
  as_expected,
  unproven,     ///< The data are too few to show that the check can fail.
  untried,      ///< The gate erred where it should have decided.
  false_alarm,  ///< It fails by itself.
  let_through   ///< It cannot fail, or a loss passes.
};

std::string name_of(Ruling ruling);

/// What was planted for a check; for the whole gate if `check` is empty.
struct Planting {
  std::string gate, check;
  std::map<std::string, std::string> slice;
  Level level = Level::other;
  std::string words;  ///< "20 % slower", "truncated document"
  Expected expected = Expected::not_pass;
};

/// A row of the matrix: expected against obtained.
struct Row {
  Planting planted;
  std::string status;  ///< "pass", …, or "no verdict".
  std::string reason;  ///< The gate's code, or its words where it left no verdict.
  std::string needs;   ///< What the gate says is missing.
  std::optional<double> p_regression;
  std::filesystem::path folder;
  Ruling ruling = Ruling::untried;
};

/// The check of that name and slice, or null. Looked for from place `from` on, and then before it: verdicts
/// of one gate hold their checks in the same order.
const Check* find_check(const Verdict& verdict, const std::string& name,
                        const std::map<std::string, std::string>& slice, std::size_t from = 0);

/// All rows, and what a reader should know besides.
class Matrix {
 public:
  /// Rules on what a gate made of a planting.
  void add(const Planting& planted, const Obtained& obtained);
  void note(const std::string& words) { notes_.push_back(words); }
  /// Checks that are judged by a p-value: the suite corrects each for their number.
  void count_in_family(const Verdict& verdict);
  /// A failure that would not stand alone among so many checks is not proven. Call once all rows are there.
  void correct_for_many(double alpha_fail);

  /// Puts the rows into an order that does not depend on which trial ended first: by gate as listed, by
  /// check.
  void arrange(const std::vector<std::string>& gates);

  const std::vector<Row>& rows() const { return rows_; }
  const std::vector<std::string>& notes() const { return notes_; }
  std::size_t count(Ruling ruling) const;
  /// 1 if a check lets something through or fails by itself, otherwise 4 if something could not be tried,
  /// otherwise 3 if something could not be proven; 0 only if there are rows and all are as expected.
  ExitCode exit_code() const;

 private:
  std::vector<Row> rows_;
  std::vector<std::string> notes_;
  std::size_t family_ = 0;
  std::size_t next_ = 0;  ///< The place of a check that the next row is likely to be of.
};

}  // namespace modelgate
