#pragma once

#include <string_view>
#include <vector>

#include "schemas/rows/row_fields.h"

namespace modelgate {

/// Whether a line is a row as lm-evaluation-harness writes it with --log_samples: it has `doc_id`, `target`
/// and `filtered_resps`, and no `id`. Internal to schemas/rows.
bool is_harness_row(std::string_view line);

/// Where such rows hold our fields: `id` is doc_id, and `sample` stands for the filter where it is not
/// "none"; `label` and `reference` are the target, `input` the
/// digest of the document; `prediction` and `output` the first filtered response, if
/// it is text; `metrics.acc` is the field acc, `slices.filter` the filter, any other slice a field of the
/// document. Fields that are called otherwise by request are left as they are.
std::vector<RowField> harness_fields(std::vector<RowField> fields);

}  // namespace modelgate
