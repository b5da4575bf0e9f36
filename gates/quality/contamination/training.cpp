#include "gates/quality/contamination/training.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>

#include "schemas/rows/row_files.h"
#include "schemas/rows/text_stream.h"
#include "schemas/tool/error.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {
namespace {

/// A file's number and a line in it.
constexpr int line_bits = 40;
constexpr TrainingPlace line_mask = (TrainingPlace{1} << line_bits) - 1;

struct Reader {
  Fingerprinter fingerprints;
  TestIndex::Scratch scratch;

  explicit Reader(const NearRule& rule) : fingerprints(rule) {}
};

}  // namespace

TrainingFiles::TrainingFiles(const TrainingData& data, TestIndex& index, const NearRule& rule, int threads) {
  tbb::enumerable_thread_specific<Reader> readers(rule);
  for (const std::string& path : data.paths) {
    std::int64_t of_path = 0;
    for (const std::filesystem::path& file : row_files(path)) {
      const TrainingPlace begin = TrainingPlace{names_.size()} << line_bits;
      names_.push_back(input_name(file.filename()));
      of_path +=
          stream_texts(file, data.are_lines ? TextLayout::lines : text_layout_of(file), data.field, threads,
                       [&](const TextBlock& block) {
                         Reader& reader = readers.local();
                         for (std::size_t i = 0; i < block.size(); ++i)
                           index.meet(reader.fingerprints.of(block.text(i)),
                                      begin + static_cast<TrainingPlace>(block.lines[i]), reader.scratch);
                       });
    }
    if (of_path == 0) throw usage_error(input_name(path), "has no texts", "A text in each row was expected.");
    texts_ += of_path;
  }
}

std::string TrainingFiles::words_for(TrainingPlace place) const {
  return fmt::format("{}:{}", names_[static_cast<std::size_t>(place >> line_bits)], place & line_mask);
}

}  // namespace modelgate
