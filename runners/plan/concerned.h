#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "schemas/documents/plan.h"

namespace modelgate {

/// Which of the files around a plan concern which of its gates.
class Concerns {
 public:
  /// `candidate`: the candidate's folder; `ours`: what is written into the working copy by us, such as the
  /// results folder. All absolute.
  Concerns(const Plan& plan, std::filesystem::path plan_file, std::filesystem::path candidate,
           std::vector<std::filesystem::path> ours);

  /// The gates that the file concerns. The plan and what lies in the candidate's folder concern all; what a
  /// run or gate names, those that judge by it; what is written for people (the plan's `unrelated`) none;
  /// anything else those whose `changes` it meets, and those that do not say.
  std::set<std::string> gates_of(const std::filesystem::path& file) const;
  bool concerns_any(const std::filesystem::path& file) const { return !gates_of(file).empty(); }

  struct Named {
    std::filesystem::path path;
    std::set<std::string> gates;  ///< That judge by it.
  };
  /// The candidate's folder, and the files and folders that the settings of runs and gates name.
  const std::vector<Named>& named() const { return named_; }

 private:
  void name(const std::vector<PlanSetting>& settings, const std::set<std::string>& gates);
  void name(const std::filesystem::path& path, const std::set<std::string>& gates);

  const Plan& plan_;
  std::filesystem::path plan_file_, candidate_;
  std::vector<std::filesystem::path> ours_;
  std::vector<Named> named_;
  std::set<std::string> all_;
};

}  // namespace modelgate
