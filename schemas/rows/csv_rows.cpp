// Rows of CSV and TSV, RFC 4180: fields may be quoted, and then hold delimiters, line ends and doubled
// quotes.
//
// Places of delimiters, line ends and quotes are found 64 bytes at a time, as a bit for each byte; rows are
// read by walking over the bits. A quoted field leaves that path for a plain loop.

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "schemas/rows/quick_number.h"
#include "schemas/rows/redaction.h"
#include "schemas/rows/row_parser.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// The places of bytes that end or change a field, in order.
class Marks {
 public:
  Marks(const char* text, const char* end, char delimiter) : at_(text), end_(end), delimiter_(delimiter) {
    bits_ = bits_of(at_);
  }

  /// The next of them, or `end`.
  const char* next() {
    while (bits_ == 0) {
      if (end_ - at_ <= 64) return end_;
      at_ += 64;
      bits_ = bits_of(at_);
    }
    const char* const found = at_ + std::countr_zero(bits_);
    bits_ &= bits_ - 1;
    return found < end_ ? found : end_;
  }

  /// Goes on behind a place that was found otherwise.
  void go_to(const char* place) {
    at_ = place;
    bits_ = place < end_ ? bits_of(place) : 0;
  }

 private:
  /// 64 bytes from `text` on can be read where they begin within the text.
  std::uint64_t bits_of(const char* text) const {
    std::uint64_t bits = 0;
#ifdef __SSE2__
    const __m128i delimiter = _mm_set1_epi8(delimiter_), newline = _mm_set1_epi8('\n'),
                  quote = _mm_set1_epi8('"');
    for (int part = 0; part < 4; ++part) {
      __m128i bytes;
      std::memcpy(&bytes, text + 16 * part, sizeof bytes);
      const __m128i found =
          _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, newline)),
                       _mm_cmpeq_epi8(bytes, quote));
      bits |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(found))) << (16 * part);
    }
#else
    for (int i = 0; i < 64; ++i)
      bits |= static_cast<std::uint64_t>(text[i] == delimiter_ || text[i] == '\n' || text[i] == '"') << i;
#endif
    return bits;
  }

  const char *at_, *end_;
  char delimiter_;
  std::uint64_t bits_ = 0;
};

class CsvParser : public RowParser {
 public:
  CsvParser(const std::vector<RowField>& fields, std::string_view header, char delimiter,
            const std::string& where)
      : delimiter_(delimiter) {
    const std::vector<std::string> names = csv_columns(header, delimiter);
    columns_.resize(names.size());
    bool has_id = std::none_of(fields.begin(), fields.end(),
                               [](const RowField& field) { return field.role == FieldRole::id; });
    for (const RowField& field : fields) {
      bool found = false;
      for (std::size_t c = 0; c < names.size(); ++c) {
        if (names[c] != field.path) continue;
        if (found) throw usage_error(where, "has the column '" + beginning(field.path) + "' twice");
        found = true;
        columns_[c].push_back(field);
        has_id = has_id || field.role == FieldRole::id;
      }
    }
    if (!has_id)
      throw usage_error(where, "has no column of ids",
                        "Every row needs an 'id'; --field id=NAME if it is called otherwise.");
  }

  void parse(const LineBlock& lines, RowBlock& block) override {
    const std::string_view text = lines.text();
    const char* at = text.data();
    const char* const end = at + text.size();
    Marks marks(at, end, delimiter_);
    while (at < end) {
      if (is_blank_line(at, end)) {
        at = marks.next();
        at = at < end ? at + 1 : end;
        ++block.lines;
        continue;
      }
      lines_in_row_ = 1;
      block.begin_row();
      if (!read_row(at, end, marks, block) || !is_closed(block)) {
        block.drop_row();
        block.problem = {block.lines, what_, hint_};
        return;
      }
      block.lines += lines_in_row_;
    }
  }

 private:
  static bool is_blank_line(const char* at, const char* end) {
    return *at == '\n' || (*at == '\r' && at + 1 < end && at[1] == '\n');
  }

  bool is_closed(RowBlock& block) {
    return block.end_row() || fail("has no id", "Every row needs one, a text or a whole number.");
  }

  bool fail(std::string what, std::string hint = "") {
    what_ = std::move(what);
    hint_ = std::move(hint);
    return false;
  }

  bool fail(const RowField& field, const std::string& what, std::string_view cell) {
    return fail("'" + beginning(field.name) + "' " + what + ", and is " +
                (field.redacted ? std::string(redacted_value) : "'" + beginning(cell) + "'"));
  }

  bool read_row(const char*& at, const char* end, Marks& marks, RowBlock& block) {
    for (std::size_t column = 0;; ++column) {
      std::string_view cell;
      const char* stop = nullptr;
      const bool is_quoted = at < end && *at == '"';
      if (is_quoted) {
        if (!read_quoted(at, end, stop, cell)) return false;
        marks.go_to(stop < end ? stop + 1 : end);
      } else {
        stop = marks.next();
        if (stop < end && *stop == '"') return fail("has a quote within a field that is not quoted");
        cell = {at, static_cast<std::size_t>(stop - at)};
      }
      const bool is_last = stop == end || *stop == '\n';
      if (is_last && !is_quoted && cell.ends_with('\r')) cell.remove_suffix(1);
      if (column >= columns_.size() || (is_last && column + 1 != columns_.size()))
        return fail("has " + (is_last ? std::to_string(column + 1) : "more than " + std::to_string(column)) +
                    " fields, and the header " + std::to_string(columns_.size()));
      for (const RowField& field : columns_[column])
        if (!cell.empty() && !take(field, cell, block)) return false;
      at = stop < end ? stop + 1 : end;
      if (is_last) return true;
    }
  }

  /// From the opening quote on. `cell` lives until the next call.
  bool read_quoted(const char* at, const char* end, const char*& stop, std::string_view& cell) {
    unquoted_.clear();
    const char* here = at + 1;
    for (;;) {
      const auto* const quote =
          static_cast<const char*>(std::memchr(here, '"', static_cast<std::size_t>(end - here)));
      if (quote == nullptr) return fail("has a quote that is not closed");
      for (const char* c = here; c < quote; ++c) lines_in_row_ += *c == '\n';
      unquoted_.append(here, quote);
      here = quote + 1;
      if (here < end && *here == '"') {
        unquoted_ += '"';
        ++here;
        continue;
      }
      break;
    }
    if (here < end && *here == '\r' && (here + 1 == end || here[1] == '\n')) ++here;
    if (here < end && *here != delimiter_ && *here != '\n') return fail("has text behind a quoted field");
    stop = here;
    cell = unquoted_;
    return true;
  }

  bool take(const RowField& field, std::string_view cell, RowBlock& block) {
    if (field.role == FieldRole::id) {
      const char* at = cell.data();
      std::uint64_t number = 0;
      if (read_whole(at, at + cell.size(), number) && at == cell.data() + cell.size()) {
        block.id(number);
        return true;
      }
    } else if (field.role == FieldRole::sample) {
      std::int64_t number = 0;
      const auto [stop, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
      if (failure != std::errc() || stop != cell.data() + cell.size())
        return fail(field, "must be a whole number", cell);
      block.sample(number);
      return true;
    }
    if (give_text(field, cell, block)) return true;
    const char* at = cell.data();
    const char* const end = at + cell.size();
    double value = 0;
    if (!read_number(at, end, value) || at != end) return fail(field, "must be a number", cell);
    block.number(field.column, value);
    return true;
  }

  std::vector<std::vector<RowField>> columns_;
  char delimiter_;
  std::int64_t lines_in_row_ = 1;
  std::string unquoted_, what_, hint_;
};

}  // namespace

std::vector<std::string> csv_columns(std::string_view line, char delimiter) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"')
        cells.back() += line[++i];
      else
        quoted = !quoted;
    } else if (line[i] == delimiter && !quoted) {
      cells.emplace_back();
    } else if (line[i] != '\r' || i + 1 < line.size()) {
      cells.back() += line[i];
    }
  }
  return cells;
}

std::unique_ptr<RowParser> csv_parser(const std::vector<RowField>& fields, std::string_view header,
                                      char delimiter, const std::string& where) {
  return std::make_unique<CsvParser>(fields, header, delimiter, where);
}

}  // namespace modelgate
