#pragma once

#include <string>
#include <vector>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// Puts the comparisons of one metric by slice into an order: the largest proven loss first (how far the
/// whole interval lies on the side of a loss), then the largest estimated one. What was not compared keeps
/// its order and comes last.
void rank_by_loss(std::vector<Check>& checks);

/// A sentence that names the slices which lose most, of comparisons by `fields` that are ranked: empty where
/// no more of them lose than chance lets seem so, at `alpha_fail`. Each bound holds by itself, so that of
/// twenty slices that lose nothing one seems to.
std::string worst_slices(const std::vector<Check>& ranked, const std::string& fields, double alpha_fail);

}  // namespace modelgate
