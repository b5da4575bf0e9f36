#include "gates/quality/rows/class_shown.h"

#include "schemas/rows/redaction.h"

namespace modelgate {

std::string class_shown(const Answers& answers, std::int32_t number, std::size_t bytes) {
  return shown(answers.candidate_file->request, "label", answers.classes[static_cast<std::size_t>(number)],
               bytes);
}

}  // namespace modelgate
