#pragma once

#include <string>
#include <vector>

#include "gates/quality/partial/merge.h"
#include "schemas/tool/tool.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {

/// Asks for a column of each kind.
inline RowRequest request_for_all() {
  RowRequest request;
  request.words = {"label", "prediction"};
  request.numbers = {"score", "nll"};
  request.texts = {"output"};
  request.digests = {"input"};
  request.digests = {"input"};
  return request;
}

/// Writes and merges parts of rows.
class Parts {
 public:
  AnswerFile file(const std::string& name, const std::string& rows) const {
    return read_answer_file(folder_.with(name, rows), request_for_all(), 1);
  }

  /// Keeps the same rows as baseline and candidate.
  std::string keep(const std::string& rows, PartNumber number, PartialHead head = {},
                   const std::string& baseline_set = "", const std::string& candidate_set = "") const {
    const std::string name = "part-" + std::to_string(number.part);
    head.gate_version = head.gate_version.empty() ? product_version() : head.gate_version;
    head.number = number;
    const std::string path = (folder_ / (name + ".part")).string();
    Sides sides = {file(name + ".old.jsonl", rows), file(name + ".new.jsonl", rows)};
    sides.baseline->test_set = baseline_set;
    sides.candidate.test_set = candidate_set;
    write_partial(path, head, sides);
    return path;
  }

  Sides merge(const std::vector<std::string>& files, const GivenOptions& options = {}) const {
    Verdict verdict;
    return merged(files, options, false, {request_for_all(), request_for_all()}, verdict);
  }

  TemporaryFolder folder_;
};

}  // namespace modelgate
