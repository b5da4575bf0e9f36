// A part of a test set as it was read: rows of both sides in the columns that the checks ask for.
//
// Nothing is counted or summed up, so that what is judged after merging is what would have been judged of the
// whole. The file is one zstd frame with a checksum: a line that says what it is, the head, the ids and
// places of the rows (texts that begin like the last one take little), and the columns.

#include "gates/quality/partial/partial_state.h"

#include "gates/decision/decision.h"
#include "gates/quality/partial/table_bytes.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

constexpr std::string_view mark = "modelgate partial state of quality, version 1\n";
constexpr std::uint64_t most_parts = 1'000'000, most_options = 10'000;

void check_rows(const AnswerFile& file, const std::string& role) {
  if (!file.looks.empty())
    throw usage_error("--partial", "cannot be taken of rows in looks",
                      "Looks are taken at the whole test set; measure without looks to judge it in parts.");
  if (file.table.size() == 0)
    throw infrastructure_error("", "there are no answers of the " + role,
                               "Every part needs rows of answers.");
}

void write_side(const AnswerFile& file, PackedWriter& writer) {
  writer.text(file.test_set);
  write_columns(file.table, writer);
}

}  // namespace

void write_partial(const std::filesystem::path& path, const PartialHead& head, const Sides& sides) {
  if (sides.baseline) check_rows(*sides.baseline, "baseline");
  check_rows(sides.candidate, "candidate");
  PackedWriter writer;
  writer.mark(mark);
  writer.text(head.gate_version);
  writer.number(static_cast<std::uint64_t>(head.number.part));
  writer.number(static_cast<std::uint64_t>(head.number.parts));
  writer.number(head.options.size());
  for (const auto& [name, value] : head.options) {
    writer.text(name);
    writer.text(value);
  }
  writer.number(sides.baseline ? 1 : 0);
  Verdict verdict = head.verdict;
  conclude(verdict);  // a document has a sentence
  writer.text(to_json(verdict));
  if (sides.baseline) write_places(*sides.baseline, writer);
  write_places(sides.candidate, writer);
  if (sides.baseline) write_side(*sides.baseline, writer);
  write_side(sides.candidate, writer);
  write_file(path, std::move(writer).packed());
}

PartialHead read_head(PackedReader& reader) {
  PartialHead head;
  reader.expect_mark(mark);
  head.gate_version = reader.text();
  head.number.part = static_cast<std::int64_t>(reader.number_up_to(most_parts, "its number"));
  head.number.parts = static_cast<std::int64_t>(reader.number_up_to(most_parts, "the number of parts"));
  if (head.number.part < 1 || head.number.part > head.number.parts)
    reader.refuse("its number is out of range");
  const std::uint64_t options = reader.number_up_to(most_options, "the number of options");
  for (std::uint64_t i = 0; i < options; ++i) {
    std::string name(reader.text());
    head.options.emplace_back(std::move(name), reader.text());
  }
  head.has_baseline = reader.number_up_to(1, "a mark") == 1;
  head.verdict = verdict_from(parse_json(std::string(reader.text()), reader.name()));
  return head;
}

}  // namespace modelgate
