#include "schemas/rows/whole_rows.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>

#include "schemas/rows/open_rows.h"
#include "schemas/rows/row_files.h"
#include "schemas/rows/row_key.h"
#include "schemas/rows/whole_row_text.h"
#include "schemas/tool/json_quoted.h"

namespace modelgate {
namespace {

constexpr std::size_t most_row_bytes = 256u << 10;

std::string name_in_file(const RowRequest& request, const std::string& ours) {
  const auto found = request.names.find(ours);
  return found == request.names.end() ? ours : found->second;
}

/// The key that the row has by its id and sample, as we or lm-evaluation-harness call them.
std::optional<std::uint64_t> key_of(const RowText& row, const RowRequest& request, bool is_of_harness) {
  const std::optional<std::string> id = row.text_at(is_of_harness ? "doc_id" : name_in_file(request, "id"));
  if (!id || id->empty()) return std::nullopt;
  const std::optional<std::string> sample =
      row.text_at(is_of_harness ? "filter" : name_in_file(request, "sample"));
  if (!sample || sample->empty() || (is_of_harness && *sample == "none")) return key_of_id(*id);
  if (is_of_harness) return key_of_sample(key_of_id(*id), sample_called(*sample));
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(sample->data(), sample->data() + sample->size(), number);
  if (failure != std::errc() || end != sample->data() + sample->size()) return std::nullopt;
  return key_of_sample(key_of_id(*id), number);
}

/// The row, if it has that key.
std::optional<WholeRow> taken(const RowText& row, const RowRequest& request, std::uint64_t key) {
  if (key_of(row, request, false) != key && key_of(row, request, true) != key) return std::nullopt;
  WholeRow whole = row.whole(request);
  std::size_t bytes = 0;
  for (WholeRow::Field& field : whole.fields) {
    if (bytes + field.value.size() > most_row_bytes)
      field.value = json_quoted("[left out: " + std::to_string(field.value.size()) + " bytes]");
    bytes += field.value.size();
  }
  return whole;
}

/// Walks over the rows of a text, in their order.
class Walk {
 public:
  Walk(const RowRequest& request, const std::vector<WantedRow>& wanted) : request_(request) {
    for (std::size_t i = 0; i < wanted.size(); ++i) wanted_[wanted[i].row].push_back({i, wanted[i].key});
    found_.resize(wanted.size());
  }

  bool is_done() const { return next_row_ > last(); }
  std::vector<std::optional<WholeRow>> found() && { return std::move(found_); }

  void over(const std::filesystem::path& part) {
    RowRequest nothing;
    nothing.names = request_.names;
    nothing.redacted = request_.redacted;
    const std::unique_ptr<OpenRows> file = open_rows(part, fields_of(nothing), next_row_);
    const std::optional<RowColumns> columns = file->columns();
    std::vector<std::string> header;
    if (columns) {
      std::string_view text = columns->header;
      header = next_cells(text, columns->delimiter);
    }
    LineBlock block;
    while (!is_done() && file->next(block)) {
      std::string_view text = block.text();  // nothing where rows are not of text
      while (!text.empty() && !is_done())
        columns ? take_cells(text, header, columns->delimiter) : take_line(text);
    }
  }

 private:
  std::size_t last() const { return wanted_.empty() ? 0 : wanted_.rbegin()->first; }

  void take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
    take([&] { return json_row(line); });
  }

  void take_cells(std::string_view& text, const std::vector<std::string>& header, char delimiter) {
    if (text.front() == '\n' || text.starts_with("\r\n")) {
      text.remove_prefix(text.front() == '\n' ? 1 : 2);
      return;
    }
    std::vector<std::string> cells = next_cells(text, delimiter);
    take([&] { return csv_row(header, std::move(cells)); });
  }

  template <typename Read>
  void take(const Read& read) {
    const auto found = wanted_.find(next_row_++);
    if (found == wanted_.end()) return;
    const std::unique_ptr<RowText> row = read();
    for (const auto& [place, key] : found->second)
      if (row) found_[place] = taken(*row, request_, key);
  }

  const RowRequest& request_;
  std::map<std::size_t, std::vector<std::pair<std::size_t, std::uint64_t>>> wanted_;
  std::vector<std::optional<WholeRow>> found_;
  std::size_t next_row_ = 0;
};

}  // namespace

std::string WholeRow::value_of(const std::string& name) const {
  for (const Field& field : fields)
    if (field.name == name) return field.value;
  return "";
}

std::vector<std::optional<WholeRow>> whole_rows_of(const std::filesystem::path& path,
                                                   const RowRequest& request,
                                                   const std::vector<WantedRow>& wanted) {
  Walk walk(request, wanted);
  if (!wanted.empty())
    for (const std::filesystem::path& part : row_files(path))
      if (!walk.is_done()) walk.over(part);
  return std::move(walk).found();
}

}  // namespace modelgate
