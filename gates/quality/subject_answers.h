#pragma once

#include <filesystem>

#include "gates/quality/rows/answers.h"
#include "schemas/documents/measurements.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// Reads what the gate is given of one subject: a measurements document with the rows that it names, or a
/// file of rows itself. What kept a runner from measuring becomes error checks of the verdict, and its notes
/// warnings; subject and environment go into the verdict. An empty file where the document names no rows.
/// Errors: those of read_gate_input(), data_file() and read_rows(); kind usage for two files of rows.
AnswerFile answers_of(Role role, const std::filesystem::path& document, const RowRequest& request,
                      Verdict& verdict);

/// The classes that a subject's rows know, sorted (score_classes.h). Errors: as above; kind usage for more
/// than 10,000.
std::vector<std::string> classes_of(Role role, const std::filesystem::path& document, const FieldNames& names,
                                    const std::vector<std::string>& redacted);

/// The problems as error checks, the notes as warnings.
void add_problems(const Measurements& measurements, Verdict& verdict);

}  // namespace modelgate
