#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runners/recording/recording.h"

namespace modelgate {

/// The documents of an earlier call of a runner, to which this one adds.
class EarlierDocuments {
 public:
  /// Reads one for each subject. Errors: kind usage if it is missing, of another runner or subject, or has a
  /// problem.
  EarlierDocuments(const std::filesystem::path& output, const std::string& runner,
                   const std::vector<MeasuredSubject>& subjects);

  /// In the order of the subjects.
  const std::vector<Measurements>& all() const { return documents_; }
  std::filesystem::path path_of(const Measurements& document) const;

  /// Writes the documents with a problem that says that more of `what` ("pairs") were to be measured and that
  /// this was not finished, so that whatever happens now is seen.
  void mark_unfinished(const std::string& what) const;

  /// The document of the subject, with the problems, notes and time of `more` added; its series are as they
  /// were.
  Measurements joined(const Measurements& more) const;

 private:
  std::filesystem::path output_;
  std::vector<Measurements> documents_;
};

/// Unless what was measured earlier can be added to: an Error of kind usage that says to measure anew.
void require_earlier(bool fits, const std::filesystem::path& where, const std::string& what);

}  // namespace modelgate
