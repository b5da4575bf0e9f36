#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "schemas/documents/plan.h"

namespace modelgate {

/// The candidate's name: `asked`, or else the plan's default. Empty where the plan's folder has no
/// {candidate}. Errors: kind usage if one is asked for and the plan has no place for it, or none is and the
/// plan needs one.
std::string candidate_name(const Plan& plan, const std::string& asked);

/// Its folder, absolute. Errors: kind usage if there is none, with "did you mean" among its neighbours.
std::filesystem::path candidate_folder(const Plan& plan, const std::string& name);

/// A folder's files at one moment, read once.
class FolderState {
 public:
  /// Errors: those of find_files(); kind infrastructure if a file cannot be read or an interrupt came.
  explicit FolderState(std::filesystem::path folder);

  /// digest_of() the files.
  const std::string& digest() const { return digest_; }
  /// Whether all is as it was. Reads only files whose times cannot tell.
  bool is_unchanged() const;

 private:
  /// What changes when a file does: size, times, identity.
  using Traces = std::map<std::string, std::string>;
  Traces traces() const;

  std::filesystem::path folder_;
  bool times_can_tell_ = true;
  Traces traces_;
  std::string digest_;
};

}  // namespace modelgate
