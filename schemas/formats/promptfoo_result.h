#pragma once

#include <simdjson.h>

#include <string>

namespace modelgate {

/// Whether the results are of several prompts or providers. Internal to schemas/formats.
bool has_several_prompts(const simdjson::dom::array& results);

/// Appends one of promptfoo's results as a row of records and a line end. Errors: kind usage with `place`.
void append_promptfoo_row(const simdjson::dom::element& result, bool of_several_prompts,
                          const std::string& place, std::string& lines);

}  // namespace modelgate
