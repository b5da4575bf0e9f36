#include "runners/recording/row_writer.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "schemas/tool/error.h"

namespace modelgate {

namespace fs = std::filesystem;

RowWriter::RowWriter(const fs::path& path)
    : path_(path), beside_(path.string() + ".unfinished"), file_(nullptr, std::fclose) {
  std::error_code failure;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), failure);
  if (failure)
    throw infrastructure_error(path.parent_path().string(), "cannot be created: " + failure.message());
  // What a runner that was killed left there is not written into: it may be a link.
  fs::remove(beside_, failure);
  file_.reset(std::fopen(beside_.c_str(), "wxe"));
  if (!file_) fail();
}

RowWriter::~RowWriter() {
  if (!file_) return;
  std::error_code ignored;
  fs::remove(beside_, ignored);
}

void RowWriter::add_line(std::string_view line) {
  add_text(line);
  add_text("\n");
}

void RowWriter::add_text(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail();
}

void RowWriter::finish() {
  if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0 ||
      ::rename(beside_.c_str(), path_.c_str()) != 0)
    fail();
  file_.reset();
}

void RowWriter::fail() const {
  throw infrastructure_error(path_.string(), std::string("cannot be written: ") + std::strerror(errno));
}

}  // namespace modelgate
