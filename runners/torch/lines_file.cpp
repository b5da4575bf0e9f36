#include "runners/torch/lines_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "schemas/tool/error.h"

namespace modelgate {

LinesFile::LinesFile(const std::filesystem::path& path)
    : path_(path), beside_(path.string() + ".part"), file_(std::fopen(beside_.c_str(), "we"), std::fclose) {
  if (!file_) fail();
}

LinesFile::~LinesFile() {
  if (!file_) return;
  std::error_code ignored;
  std::filesystem::remove(beside_, ignored);
}

void LinesFile::line(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size() ||
      std::fputc('\n', file_.get()) == EOF)
    fail();
}

void LinesFile::finish() {
  if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0) fail();
  if (std::rename(beside_.c_str(), path_.c_str()) != 0) fail();
  file_.reset();
}

void LinesFile::fail() const {
  throw infrastructure_error(path_.string(), std::string("cannot be written: ") + std::strerror(errno));
}

}  // namespace modelgate
