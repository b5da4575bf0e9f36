#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modelgate {

/// An open file or folder, closed at the end.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  /// Returns false if the system reports that something was not written.
  bool close();

 private:
  int number_ = -1;
};

/// Reads up to `size` bytes; fewer only at the end of the file. Errors: kind infrastructure at `path`.
std::size_t read_some(const Descriptor& file, char* buffer, std::size_t size,
                      const std::filesystem::path& path);
/// Writes all of it. Errors likewise.
void write_all(const Descriptor& file, std::string_view bytes, const std::filesystem::path& path);

/// A folder that is open. Whatever is reached through it is reached without following links, so that nobody
/// can lead a store out of itself. Errors: kind infrastructure, with the path.
class Folder {
 public:
  /// The folder itself may be reached through links: a store may lie behind one.
  static std::optional<Folder> find(const std::filesystem::path& path);
  static Folder create(const std::filesystem::path& path);

  /// A folder in this one; an Error if there is something else of that name.
  std::optional<Folder> folder(const std::string& name) const;
  Folder created_folder(const std::string& name) const;
  /// A regular file in this one, open for reading; an Error if there is something else of that name.
  std::optional<Descriptor> file(const std::string& name) const;
  bool has(const std::string& name) const;
  void remove(const std::string& name) const;
  /// Every name in it, sorted.
  std::vector<std::string> names() const;
  /// Makes what was created, renamed or removed in it last.
  void sync() const;

  const std::filesystem::path& path() const { return path_; }
  int number() const { return descriptor_.number(); }

 private:
  Folder(Descriptor descriptor, std::filesystem::path path)
      : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

  Descriptor descriptor_;
  std::filesystem::path path_;  // for words only
};

/// The whole of a file of the folder; nothing where there is none.
std::optional<std::string> read_text(const Folder& folder, const std::string& name);

}  // namespace modelgate
