#include "schemas/rows/text_stream.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>

#include "schemas/rows/line_blocks.h"
#include "schemas/rows/row_files.h"
#include "schemas/rows/row_parser.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/progress.h"
#include "schemas/tool/standard_input.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

/// Lines as rows of one text each.
class LineParser : public RowParser {
 public:
  void parse(const LineBlock& lines, RowBlock& block) override {
    const std::string_view text = lines.text();
    for (std::size_t at = 0; at < text.size(); ++block.lines) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::string_view line = text.substr(at, end - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      at = end + 1;
      if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
      block.begin_row();
      block.text(0, line);
      block.end_row();
    }
  }
};

class TextFile {
 public:
  TextFile(const std::filesystem::path& path, TextLayout layout, const std::string& field)
      : name_(input_name(path)), lines_(open_bytes(path), name_), layout_(layout) {
    RowField text{FieldRole::text, 0, field, field, {}};
    const std::size_t dot = field.find('.');  // as in requests, only the first one parts
    text.parts.push_back(field.substr(0, dot));
    if (dot != std::string::npos) text.parts.push_back(field.substr(dot + 1));
    fields_ = {std::move(text)};
    const std::string first(lines_.first_line());
    if (layout == TextLayout::lines) return;
    // One column has no delimiter to tell it by.
    const RowFormat format = first == field ? RowFormat::csv : row_format(first, name_);
    if (format == RowFormat::json) return;
    delimiter_ = format == RowFormat::tsv ? '\t' : ',';
    check_header(first);
    header_ = first;
    lines_.take_header();
    first_line_ = 2;
  }

  bool next(LineBlock& block) { return lines_.next(block); }
  std::int64_t first_line() const { return first_line_; }
  double share_read() const { return lines_.share_read(); }

  std::unique_ptr<RowParser> parser() const {
    if (layout_ == TextLayout::lines) return std::make_unique<LineParser>();
    return header_ ? csv_parser(fields_, *header_, delimiter_, name_ + ":1") : json_parser(fields_);
  }

  /// The text of every row; what is wrong with the first row that has none.
  std::optional<RowBlock::Problem> take(RowBlock& block, std::int64_t line, TextBlock& texts) const {
    texts.texts = block.texts(0);
    texts.texts.begins.resize(block.rows(), 0);
    texts.texts.sizes.resize(block.rows(), TextColumn::none);
    texts.lines.clear();
    for (std::size_t i = 0; i < block.rows(); ++i) {
      texts.lines.push_back(line + block.line_of(i));
      if (texts.texts.has(i)) continue;
      if (!header_)
        return RowBlock::Problem{block.line_of(i), "has no '" + beginning(fields_.front().path) + "'",
                                 "Every row needs the text. Is it called otherwise?"};
      texts.texts.sizes[i] = 0;
    }
    return block.problem;
  }

  [[noreturn]] void refuse(const RowBlock::Problem& problem, std::int64_t line) const {
    throw usage_error(name_ + ":" + std::to_string(line + problem.line), problem.what, problem.hint);
  }

 private:
  void check_header(const std::string& header) const {
    const std::vector<std::string> columns = csv_columns(header, delimiter_);
    const std::string& field = fields_.front().path;
    if (std::find(columns.begin(), columns.end(), field) != columns.end()) return;
    const std::string hint = did_you_mean(field, columns);
    throw usage_error(name_ + ":1", "has no column '" + beginning(field) + "'",
                      hint.empty()
                          ? "Its columns are " + beginning(fmt::format("{}", fmt::join(columns, ", "))) +
                                "; a file with a text in each line is called .txt."
                          : hint);
  }

  std::string name_;
  LineBlocks lines_;
  TextLayout layout_;
  std::vector<RowField> fields_;
  std::optional<std::string> header_;
  char delimiter_ = ',';
  std::int64_t first_line_ = 1;
};

/// Lines that were read, and what became of them.
struct Piece {
  LineBlock lines;
  std::int64_t first_line = 0, texts = 0;
  std::optional<RowBlock::Problem> problem;
  std::exception_ptr failure;
};

/// What a thread keeps.
struct Worker {
  std::unique_ptr<RowParser> parser;
  RowBlock rows{0, 0, 1};
  TextBlock texts;

  explicit Worker(const TextFile& file) : parser(file.parser()) {
    rows.keeps_lines = true;
    rows.needs_id = false;
  }

  void read(const TextFile& file, Piece& piece, const std::function<void(const TextBlock&)>& take) {
    rows.clear();
    parser->parse(piece.lines, rows);
    piece.problem = file.take(rows, piece.first_line, texts);
    if (piece.problem) return;
    piece.texts = static_cast<std::int64_t>(texts.size());
    take(texts);
  }
};

}  // namespace

TextLayout text_layout_of(const std::filesystem::path& file) {
  std::filesystem::path name = file.filename();
  if (name.extension() == ".gz" || name.extension() == ".zst") name = name.stem();
  return name.extension() == ".txt" ? TextLayout::lines : TextLayout::rows;
}

std::int64_t stream_texts(const std::filesystem::path& path, TextLayout layout, const std::string& field,
                          int threads, const std::function<void(const TextBlock&)>& take) {
  TextFile file(path, layout, field);
  Progress progress("reading " + input_name(path));
  std::int64_t line = file.first_line(), count = 0;
  const auto read = [&]() -> std::shared_ptr<Piece> {
    auto piece = std::make_shared<Piece>();
    progress.at(file.share_read());
    if (!file.next(piece->lines)) return nullptr;
    piece->first_line = line;
    const std::string_view text = piece->lines.text();
    line += std::count(text.begin(), text.end(), '\n');
    return piece;
  };
  const auto finish = [&](const Piece& piece) {
    if (piece.problem) file.refuse(*piece.problem, piece.first_line);
    count += piece.texts;
  };
  std::shared_ptr<Piece> first = read(), second = first ? read() : nullptr;
  if (first && !second) {  // done before threads have begun
    Worker(file).read(file, *first, take);
    finish(*first);
  }
  if (!second) return count;

  tbb::enumerable_thread_specific<Worker> workers([&] { return Worker(file); });
  using Pieces = std::shared_ptr<Piece>;
  using tbb::filter_mode;
  // What is thrown within the pipeline leaves the piece behind, so that it is kept until the end.
  std::exception_ptr failure;
  std::atomic<bool> has_failed = false;
  const auto next = [&](tbb::flow_control& flow) -> Pieces {
    Pieces piece = has_failed ? nullptr : first ? std::move(first) : second ? std::move(second) : read();
    if (!piece) flow.stop();
    return piece;
  };
  const auto work = [&](Pieces piece) {
    try {
      workers.local().read(file, *piece, take);
    } catch (...) {
      piece->failure = std::current_exception();
    }
    piece->lines = LineBlock();
    return piece;
  };
  const auto end = [&](const Pieces& piece) {
    if (failure) return;
    try {
      if (piece->failure) std::rethrow_exception(piece->failure);
      finish(*piece);
    } catch (...) {
      failure = std::current_exception();
      has_failed = true;
    }
  };
  const auto filters = tbb::make_filter<void, Pieces>(filter_mode::serial_in_order, next) &
                       tbb::make_filter<Pieces, Pieces>(filter_mode::parallel, work) &
                       tbb::make_filter<Pieces, void>(filter_mode::serial_in_order, end);
  tbb::task_arena arena(threads > 0 ? threads : tbb::task_arena::automatic);
  arena.execute([&] {
    tbb::parallel_pipeline(static_cast<std::size_t>(2 * tbb::this_task_arena::max_concurrency()), filters);
  });
  if (failure) std::rethrow_exception(failure);
  return count;
}

}  // namespace modelgate
