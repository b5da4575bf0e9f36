#pragma once

#include "runners/selftest/laboratory.h"
#include "runners/selftest/matrix.h"
#include "runners/selftest/specimen.h"
#include "runners/selftest/whole_verdicts.h"

namespace modelgate {

/// Plants wrong answers in copies of the candidate's rows, for each line of the gate's `checks` by itself and
/// in each slice: so many that the metric, as the gate itself reports it, falls by half the margin and by
/// twice the margin, and half of all that were right. For a minimum: half and twice as many wrong answers as
/// it tolerates, and all. Errors: those of the files.
void plant_records(const Specimen& specimen, Laboratory& laboratory, Matrix& matrix, WholeVerdicts& whole);

/// The gate's setting `fields`, as a map.
std::map<std::string, std::string> field_names(const Specimen& specimen);

/// The file of rows that the specimen's document names. Errors: kind infrastructure if it is not the one that
/// was written about.
std::filesystem::path rows_file(const Specimen& specimen);

/// Writes both documents and their rows: the baseline's as they are, the candidate's `text`.
void write_rows(const Specimen& specimen, const std::string& text, const ResultsFolder& results);

}  // namespace modelgate
