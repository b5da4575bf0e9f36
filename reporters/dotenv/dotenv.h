#pragma once

#include <cstddef>
#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// GitLab refuses files of 5 KiB, and of more than 20 variables.
inline constexpr std::size_t most_dotenv_bytes = 5 * 1024 - 1, most_dotenv_variables = 20;

/// The verdict as lines of NAME=VALUE for GitLab's artifacts:reports:dotenv and for GITHUB_OUTPUT:
/// MODELGATE_STATUS, _EXIT_CODE, _SENTENCE, counts, versions and digests. What has no value is left out.
/// Every value is one line, in which nothing stands that GitLab or a shell would expand: '$' is \x24, '`' is
/// \x60.
std::string dotenv_text(const Verdict& verdict);

}  // namespace modelgate
