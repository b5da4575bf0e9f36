#include <cstring>

#include "schemas/rows/json_rows.h"
#include "schemas/rows/quick_json.h"
#include "schemas/rows/row_parser.h"

namespace modelgate {
namespace {

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

class JsonParser : public RowParser {
 public:
  explicit JsonParser(std::vector<RowField> fields)
      : fields_(std::move(fields)), reader_(fields_), quick_(fields_) {}

  void parse(const LineBlock& lines, RowBlock& block) override {
    const std::string_view text = lines.text();
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
      if (quick_.read(at, end, block)) {
        ++block.lines;
        continue;
      }
      const void* const newline = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
      const char* const behind = newline == nullptr ? end : static_cast<const char*>(newline);
      const std::string_view line(at, static_cast<std::size_t>(behind - at));
      if (!is_blank(line)) {
        const auto readable = static_cast<std::size_t>(end - at) + LineBlock::padding;
        if (!reader_.read(line, readable, block)) {
          block.problem = {block.lines, reader_.what(), reader_.hint()};
          return;
        }
        quick_.learn(line);
      }
      ++block.lines;
      at = behind < end ? behind + 1 : end;
    }
  }

 private:
  std::vector<RowField> fields_;
  JsonRowReader reader_;
  QuickJson quick_;
};

}  // namespace

std::unique_ptr<RowParser> json_parser(std::vector<RowField> fields) {
  return std::make_unique<JsonParser>(std::move(fields));
}

}  // namespace modelgate
