#include "runners/recording/earlier_documents.h"

#include <algorithm>

#include "schemas/tool/error.h"

namespace modelgate {

namespace fs = std::filesystem;

EarlierDocuments::EarlierDocuments(const fs::path& output, const std::string& runner,
                                   const std::vector<MeasuredSubject>& subjects)
    : output_(output) {
  for (const MeasuredSubject& subject : subjects) {
    const fs::path path = output / (name_of(subject.subject.role) + ".json");
    std::error_code unknown;
    require_earlier(fs::exists(path, unknown), path, "is missing, and there is nothing to add to");
    documents_.push_back(read_measurements(path));
    const Measurements& document = documents_.back();
    require_earlier(document.runner == runner, path, "was written by another runner");
    require_earlier(document.subject == subject.subject, path, "is of another subject");
    require_earlier(document.problems.empty(), path, "has problems already");
  }
}

fs::path EarlierDocuments::path_of(const Measurements& document) const {
  return output_ / (name_of(document.subject.role) + ".json");
}

void EarlierDocuments::mark_unfinished(const std::string& what) const {
  for (Measurements document : documents_) {
    document.problems.push_back(
        {"interrupted", "more " + what + " were to be measured, and that was not finished"});
    write_measurements(document, output_);
  }
}

Measurements EarlierDocuments::joined(const Measurements& more) const {
  Measurements all = *std::find_if(documents_.begin(), documents_.end(), [&](const Measurements& document) {
    return document.subject.role == more.subject.role;
  });
  all.problems.insert(all.problems.end(), more.problems.begin(), more.problems.end());
  all.discarded.insert(all.discarded.end(), more.discarded.begin(), more.discarded.end());
  for (const std::string& note : more.notes)
    if (std::find(all.notes.begin(), all.notes.end(), note) == all.notes.end()) all.notes.push_back(note);
  all.created = more.created;
  return all;
}

void require_earlier(bool fits, const fs::path& where, const std::string& what) {
  if (!fits) throw usage_error(where.string(), what, "Measure anew, without --add.");
}

}  // namespace modelgate
