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
#include "schemas/tool/progress.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {
namespace {

/// Takes blocks in their order, and tells of the first problem with its line.
class Sink {
 public:
  Sink(const OpenRows& file, std::string name, RowAssembly& assembly)
      : file_(file), name_(std::move(name)), line_(file.first_line()), assembly_(assembly) {}

  void take(RowBlock& block) {
    if (block.problem)
      throw usage_error(file_.place(name_, line_ + block.problem->line), block.problem->what,
                        block.problem->hint);
    line_ += block.lines;
    assembly_.add(block);
  }

 private:
  const OpenRows& file_;
  std::string name_;
  std::int64_t line_;
  RowAssembly& assembly_;
};

RowBlock empty_block(const RowRequest& request) {
  return {request.words.size(), request.numbers.size(), request.texts.size(), request.digests.size()};
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

void read_in_parallel(OpenRows& file, const std::string& name, std::vector<Lines> read,
                      const RowRequest& request, int threads, Sink& sink) {
  Progress progress("reading " + name);
  tbb::enumerable_thread_specific<std::unique_ptr<RowParser>> parsers([&] { return file.parser(); });
  Pool<LineBlock> lines_pool([] { return LineBlock(); });
  Pool<RowBlock> rows_pool([&] { return empty_block(request); });
  std::size_t taken = 0;
  const auto next = [&](tbb::flow_control& flow) -> Lines {
    if (taken < read.size()) return std::move(read[taken++]);
    Lines lines = lines_pool.take();
    progress.at(file.share_read());
    if (file.next(*lines)) return lines;
    flow.stop();
    return nullptr;
  };
  const auto parse = [&](const Lines& lines) -> Rows {
    Rows rows = rows_pool.take();
    parsers.local()->parse(*lines, *rows);
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

void read_file(OpenRows& file, const std::string& name, const RowRequest& request, int threads,
               RowAssembly& assembly) {
  Sink sink(file, name, assembly);
  std::vector<Lines> lines;
  for (int i = 0; i < 2; ++i)
    if (auto block = std::make_shared<LineBlock>(); file.next(*block)) lines.push_back(std::move(block));
  if (lines.empty()) return;
  if (lines.size() == 2) {
    assembly.expect(assembly.rows() + file.expected_rows(*lines.front()));
    return read_in_parallel(file, name, std::move(lines), request, threads, sink);
  }
  // What is read at once is done before threads have begun.
  RowBlock block = empty_block(request);
  file.parser()->parse(*lines.front(), block);
  sink.take(block);
}

/// Rows that are read once more, for what their columns do not keep.
struct WalkedBlock {
  const OpenRows& file;
  const std::string& name;  ///< Of the file.
  const RowBlock& block;
  std::size_t id, before;  ///< The column of ids; the rows that stand before.
  std::int64_t line;       ///< The block's first.

  std::size_t rows() const { return block.rows(); }
  RowPlace place(std::size_t row) const {
    RowPlace place{file.place(name, line + block.line_of(row)), block.word_of(id, row)};
    if (place.id.empty()) place.id = std::to_string(before + row);
    return place;
  }
};

template <typename Visit>
void walk(const std::filesystem::path& path, const RowRequest& asked, const Visit& visit) {
  RowRequest request = asked;
  const std::size_t id = request.words.size();
  request.words.emplace_back("id");
  const std::vector<RowField> fields = fields_of(request);
  std::size_t before = 0;
  for (const std::filesystem::path& part : row_files(path)) {
    const auto file = open_rows(part, fields, before);
    const auto parser = file->parser();
    const std::string name = input_name(part.filename());
    std::int64_t line = file->first_line();
    LineBlock lines;
    while (file->next(lines)) {
      RowBlock block = empty_block(request);
      block.keeps_lines = true;
      parser->parse(lines, block);
      visit(WalkedBlock{*file, name, block, id, before, line});
      line += block.lines;
      before += block.rows();
    }
  }
}

}  // namespace

RowTable read_rows(const std::filesystem::path& path, const RowRequest& request, int threads) {
  RowAssembly assembly(input_name(path.filename()), request);
  const std::vector<RowField> fields = fields_of(request);
  for (const std::filesystem::path& part : row_files(path)) {
    const auto file = open_rows(part, fields, assembly.rows());
    read_file(*file, input_name(part), request, threads, assembly);
  }
  if (assembly.rows() == 0)
    throw usage_error(input_name(path), "has no rows", "A row for each example was expected.");
  return std::move(assembly).table();
}

void visit_places(const std::filesystem::path& path, const RowRequest& request,
                  const std::function<void(const RowPlace&)>& visit) {
  walk(path, request, [&](const WalkedBlock& block) {
    for (std::size_t row = 0; row < block.rows(); ++row) visit(block.place(row));
  });
}

std::vector<RowPlace> places_of(const std::filesystem::path& path, const RowRequest& request,
                                const std::vector<std::size_t>& rows) {
  std::vector<RowPlace> places(rows.size());
  walk(path, request, [&](const WalkedBlock& block) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows[i] >= block.before && rows[i] - block.before < block.rows())
        places[i] = block.place(rows[i] - block.before);
  });
  return places;
}

}  // namespace modelgate
