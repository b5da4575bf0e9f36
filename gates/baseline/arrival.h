#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gates/baseline/folder.h"
#include "schemas/documents/sha256.h"

namespace modelgate {

/// The folder of a store for files that are not whole yet.
inline constexpr char incoming_name[] = "incoming";

/// A file on its way into the store: written and hashed in the incoming folder, and given its place only when
/// it is whole and on the disk. Without a place it is removed at the end; if the process is killed it stays
/// in the incoming folder, where nothing looks for it.
class Arrival {
 public:
  explicit Arrival(const Folder& incoming);
  ~Arrival();
  Arrival(const Arrival&) = delete;
  Arrival& operator=(const Arrival&) = delete;

  void add(std::string_view bytes);
  std::int64_t bytes() const { return bytes_; }
  /// Of all that was added; call once, after the last of it.
  std::string digest() { return sha_.text(); }
  /// Moves it into its place, read-only, replacing what is there.
  void place(const Folder& folder, const std::string& name);

 private:
  const Folder& incoming_;
  std::string name_;  // empty once it has its place
  Descriptor file_;
  Sha256 sha_;
  std::int64_t bytes_ = 0;
};

/// Removes what killed processes left in the incoming folder. Only for who holds the store's lock.
void clear(const Folder& incoming);

}  // namespace modelgate
