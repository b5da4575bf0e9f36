#include "schemas/rows/read_rows.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <functional>
#include <mutex>

#include "schemas/rows/open_rows.h"
#include "schemas/rows/row_assembly.h"
#include "schemas/rows/row_files.h"
#include "schemas/tool/error.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {
namespace {

/// Takes blocks in their order, and tells of the first problem with its line.
class Sink {
 public:
  Sink(const OpenRows& file, RowAssembly& assembly)
      : name_(file.name()), line_(file.first_line()), assembly_(assembly) {}

  void take(RowBlock& block) {
    if (block.problem)
      throw usage_error(name_ + ":" + std::to_string(line_ + block.problem->line), block.problem->what,
                        block.problem->hint);
    line_ += block.lines;
    assembly_.add(block);
  }

 private:
  std::string name_;
  std::int64_t line_;
  RowAssembly& assembly_;
};

RowBlock empty_block(const RowRequest& request) {
  return {request.words.size(), request.numbers.size(), request.texts.size()};
}

/// Blocks that are used again and again: fresh memory costs more than what is done with it.
template <typename Block>
class Pool {
 public:
  explicit Pool(std::function<Block()> make) : make_(std::move(make)) {}

  std::shared_ptr<Block> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_shared<Block>(make_());
    std::shared_ptr<Block> block = std::move(free_.back());
    free_.pop_back();
    return block;
  }
  void give(std::shared_ptr<Block> block) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(block));
  }

 private:
  std::mutex mutex_;
  std::function<Block()> make_;
  std::vector<std::shared_ptr<Block>> free_;
};

using Lines = std::shared_ptr<LineBlock>;
using Rows = std::shared_ptr<RowBlock>;

void read_in_parallel(OpenRows& file, std::vector<Lines> read, const RowRequest& request, int threads,
                      Sink& sink) {
  tbb::enumerable_thread_specific<std::unique_ptr<RowParser>> parsers([&] { return file.parser(); });
  Pool<LineBlock> lines_pool([] { return LineBlock(); });
  Pool<RowBlock> rows_pool([&] { return empty_block(request); });
  std::size_t taken = 0;
  const auto next = [&](tbb::flow_control& flow) -> Lines {
    if (taken < read.size()) return std::move(read[taken++]);
    Lines lines = lines_pool.take();
    if (file.next(*lines)) return lines;
    flow.stop();
    return nullptr;
  };
  const auto parse = [&](const Lines& lines) -> Rows {
    Rows rows = rows_pool.take();
    parsers.local()->parse(lines->text(), *rows);
    lines_pool.give(lines);
    return rows;
  };
  const auto append = [&](const Rows& rows) {
    sink.take(*rows);
    rows->clear();
    rows_pool.give(rows);
  };
  using tbb::filter_mode;
  const auto filters = tbb::make_filter<void, Lines>(filter_mode::serial_in_order, next) &
                       tbb::make_filter<Lines, Rows>(filter_mode::parallel, parse) &
                       tbb::make_filter<Rows, void>(filter_mode::serial_in_order, append);
  tbb::task_arena arena(threads > 0 ? threads : tbb::task_arena::automatic);
  arena.execute([&] {
    tbb::parallel_pipeline(static_cast<std::size_t>(2 * tbb::this_task_arena::max_concurrency()), filters);
  });
}

/// `bytes`: of the file, as far as they tell how many rows it has.
void read_file(OpenRows& file, std::size_t bytes, const RowRequest& request, int threads,
               RowAssembly& assembly) {
  Sink sink(file, assembly);
  std::vector<Lines> lines;
  for (int i = 0; i < 2; ++i)
    if (auto block = std::make_shared<LineBlock>(); file.next(*block)) lines.push_back(std::move(block));
  if (lines.empty()) return;
  const std::string_view text = lines.front()->text();
  if (lines.size() == 2) {
    const auto rows = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    // A little more than the first block lets one think.
    assembly.expect(assembly.rows() + (bytes / text.size() + 1) * (rows + rows / 64 + 1));
    return read_in_parallel(file, std::move(lines), request, threads, sink);
  }
  // What is read at once is done before threads have begun.
  RowBlock block = empty_block(request);
  file.parser()->parse(text, block);
  sink.take(block);
}

}  // namespace

RowTable read_rows(const std::filesystem::path& path, const RowRequest& request, int threads) {
  RowAssembly assembly(input_name(path.filename()), request);
  const std::vector<RowField> fields = fields_of(request);
  for (const std::filesystem::path& part : row_files(path)) {
    OpenRows file(part, fields);
    read_file(file, file.plain_bytes(), request, threads, assembly);
  }
  if (assembly.rows() == 0)
    throw usage_error(input_name(path), "has no rows", "A row for each example was expected.");
  return std::move(assembly).table();
}

std::vector<RowPlace> places_of(const std::filesystem::path& path, const FieldNames& names,
                                const std::vector<std::size_t>& rows) {
  RowRequest request;
  request.names = names;
  request.words = {"id"};
  std::vector<RowPlace> places(rows.size());
  std::size_t before = 0;
  for (const std::filesystem::path& part : row_files(path)) {
    OpenRows file(part, fields_of(request));
    const auto parser = file.parser();
    std::int64_t line = file.first_line();
    LineBlock lines;
    while (file.next(lines)) {
      RowBlock block = empty_block(request);
      block.keeps_lines = true;
      parser->parse(lines.text(), block);
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (const std::size_t row = rows[i] - before; rows[i] >= before && row < block.rows())
          places[i] = {input_name(part.filename()), line + block.line_of(row), block.word_of(0, row)};
      line += block.lines;
      before += block.rows();
    }
  }
  return places;
}

}  // namespace modelgate
