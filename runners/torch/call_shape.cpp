#include "runners/torch/call_shape.h"

#include "runners/torch/numbers_of_options.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {

std::string text_of(const CallShape& shape) {
  return std::to_string(shape.batch) + (shape.length ? "x" + std::to_string(*shape.length) : "");
}

CallShape call_shape_from(const std::string& option, const std::string& text) {
  const std::size_t cross = text.find('x');
  const std::optional<std::int64_t> batch = whole_number(text.substr(0, cross));
  std::optional<std::int64_t> length;
  if (cross != std::string::npos) length = whole_number(text.substr(cross + 1));
  if (!batch || *batch < 1 || *batch > most_batch_size || (cross != std::string::npos && !length) ||
      (length && (*length < 1 || *length > most_length)))
    throw usage_error(option, "'" + beginning(text) + "' is no shape of a call",
                      "Write BATCH or BATCHxLENGTH, such as 8x128.");
  return {*batch, length};
}

}  // namespace modelgate
