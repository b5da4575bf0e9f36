#include "gates/quality/partial/table_bytes.h"

#include <bit>
#include <cmath>
#include <limits>

#include "schemas/rows/row_key.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr std::uint64_t most_rows = std::numeric_limits<std::uint32_t>::max();

template <typename Column>
void write_keys(const Column& keys, PackedWriter& writer) {
  writer.number(keys.empty() ? 0 : 1);
  for (std::size_t i = 0; i < keys.size(); ++i) writer.eight_bytes(keys[i]);
}

KeyColumn read_keys(PackedReader& reader, std::size_t rows) {
  KeyColumn keys;
  if (reader.number_up_to(1, "a mark") == 1)
    for (std::size_t i = 0; i < rows; ++i) keys.push_back(reader.eight_bytes());
  return keys;
}

void write_words(const WordColumn& column, std::size_t rows, PackedWriter& writer) {
  writer.number(column.words.size());
  for (const std::string& word : column.words) writer.text(word);
  for (std::size_t i = 0; i < rows; ++i) writer.number(static_cast<std::uint64_t>(column.code(i) + 1));
}

WordColumn read_words(PackedReader& reader, std::size_t rows) {
  WordColumn column;
  const std::uint64_t words = reader.number_up_to(rows, "the number of words");
  for (std::uint64_t i = 0; i < words; ++i) column.words.emplace_back(reader.text());
  for (std::size_t i = 0; i < rows; ++i)
    column.numbers.push_back(static_cast<std::uint32_t>(reader.number_up_to(words, "a word's number")));
  return column;
}

void write_numbers(const NumberColumn& column, PackedWriter& writer) {
  writer.number(column.values.empty() ? 0 : 1);
  for (const double value : column.values) writer.eight_bytes(std::bit_cast<std::uint64_t>(value));
}

NumberColumn read_numbers(PackedReader& reader, std::size_t rows) {
  NumberColumn column;
  if (reader.number_up_to(1, "a mark") == 0) return column;
  for (std::size_t i = 0; i < rows; ++i) {
    const auto value = std::bit_cast<double>(reader.eight_bytes());
    if (std::isinf(value)) reader.refuse("a number is infinite");
    column.values.push_back(value);
  }
  return column;
}

void write_texts(const TextColumn& column, std::size_t rows, PackedWriter& writer) {
  for (std::size_t i = 0; i < rows; ++i) {
    writer.number(column.has(i) ? 1 : 0);
    if (column.has(i)) writer.text(column.at(i));
  }
}

TextColumn read_texts(PackedReader& reader, std::size_t rows) {
  TextColumn column;
  for (std::size_t i = 0; i < rows; ++i) {
    const bool has = reader.number_up_to(1, "a mark") == 1;
    column.begins.push_back(column.all.size());
    if (has) column.all += reader.text();
    column.sizes.push_back(has ? static_cast<std::uint32_t>(column.all.size() - column.begins.back())
                               : TextColumn::none);
  }
  return column;
}

void write_digests(const DigestColumn& column, PackedWriter& writer) {
  writer.number(column.empty() ? 0 : 1);
  for (const std::uint32_t digest : column) writer.number(digest);
}

DigestColumn read_digests(PackedReader& reader, std::size_t rows) {
  DigestColumn column;
  if (reader.number_up_to(1, "a mark") == 0) return column;
  for (std::size_t i = 0; i < rows; ++i)
    column.push_back(static_cast<std::uint32_t>(
        reader.number_up_to(std::numeric_limits<std::uint32_t>::max(), "a digest")));
  return column;
}

}  // namespace

void write_places(const AnswerFile& file, PackedWriter& writer) {
  std::string id, place;
  std::size_t rows = 0;
  writer.number(file.table.size());
  if (file.table.size() == 0) return;
  const auto changed = [&]() -> Error {
    return infrastructure_error(file.path.string(), "changed while it was read",
                                "Write the partial state again.");
  };
  visit_places(file.path, file.request, [&](const RowPlace& row) {
    if (rows == file.table.size() || key_of_id(row.id) != file.table.id(rows)) throw changed();
    writer.text_after(id, row.id);
    writer.text_after(place, row.place);
    ++rows;
  });
  if (rows != file.table.size()) throw changed();
}

std::size_t read_places(PackedReader& reader, const std::function<void(const RowPlace&)>& visit) {
  RowPlace row;
  const std::uint64_t rows = reader.number_up_to(most_rows, "the number of rows");
  for (std::uint64_t i = 0; i < rows; ++i) {
    reader.text_after(row.id);
    reader.text_after(row.place);
    visit(row);
  }
  return static_cast<std::size_t>(rows);
}

void write_columns(const RowTable& table, PackedWriter& writer) {
  const std::size_t rows = table.size();
  writer.text(table.name);
  // Without samples the ids are the keys.
  write_keys(table.ids.empty() ? KeyColumn() : table.keys, writer);
  write_keys(table.clusters, writer);
  writer.number(table.failed.size());
  for (const FailedRow& failed : table.failed) {
    writer.number(failed.row);
    writer.text(failed.reason);
  }
  for (const WordColumn& column : table.words) write_words(column, rows, writer);
  for (const NumberColumn& column : table.numbers) write_numbers(column, writer);
  for (const TextColumn& column : table.texts) write_texts(column, rows, writer);
  for (const DigestColumn& column : table.digests) write_digests(column, writer);
}

RowTable read_columns(PackedReader& reader, const RowRequest& request, KeyColumn ids) {
  RowTable table;
  const std::size_t rows = ids.size();
  table.name = reader.text();
  table.keys = read_keys(reader, rows);
  if (table.keys.empty())
    table.keys = std::move(ids);
  else
    table.ids = std::move(ids);
  table.clusters = read_keys(reader, rows);
  const std::uint64_t failed = reader.number_up_to(rows, "the number of failed rows");
  for (std::uint64_t i = 0; i < failed; ++i) {
    const std::uint64_t row = reader.number_up_to(rows - 1, "a failed row");
    if (i > 0 && row <= table.failed.back().row) reader.refuse("failed rows do not rise");
    table.failed.push_back({static_cast<std::size_t>(row), std::string(reader.text())});
  }
  for (std::size_t i = 0; i < request.words.size(); ++i) table.words.push_back(read_words(reader, rows));
  for (std::size_t i = 0; i < request.numbers.size(); ++i)
    table.numbers.push_back(read_numbers(reader, rows));
  for (std::size_t i = 0; i < request.texts.size(); ++i) table.texts.push_back(read_texts(reader, rows));
  for (std::size_t i = 0; i < request.digests.size(); ++i)
    table.digests.push_back(read_digests(reader, rows));
  return table;
}

}  // namespace modelgate
