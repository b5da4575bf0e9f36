#pragma once

#include <cstdint>

#include "schemas/documents/names.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

// What reading and writing of verdicts share. Internal to schemas/documents.

inline constexpr std::int64_t verdict_version = 1;

inline const Names<Status> statuses = {{Status::pass, "pass"},
                                       {Status::fail, "fail"},
                                       {Status::inconclusive, "inconclusive"},
                                       {Status::error, "error"},
                                       {Status::not_compared, "not_compared"}};

inline const Names<Direction> directions = {{Direction::lower_is_better, "lower_is_better"},
                                            {Direction::higher_is_better, "higher_is_better"},
                                            {Direction::none, "none"}};

inline const Names<Limit::Kind> limit_kinds = {{Limit::Kind::minimum, "minimum"},
                                               {Limit::Kind::maximum, "maximum"}};

}  // namespace modelgate
