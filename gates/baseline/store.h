#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gates/baseline/folder.h"
#include "gates/baseline/objects.h"
#include "schemas/documents/manifest.h"

namespace modelgate {

/// What a version is to a store.
enum class Stage { saved, released };

std::string name_of(Stage stage);

/// A version that a store has.
struct Version {
  std::string name;
  Stage stage = Stage::saved;
};

/// A folder of versions:
///   releases/VERSION.json  saved/VERSION.json   their manifests
///   greens/NUMBER.json                          what passed on a branch; see greens.h
///   objects/ab/cdef…                            every file, manifest, green and verdict, once, under its
///   SHA-256 incoming/                                   files that are not whole yet lock held by whoever
///   writes
/// What has its place is whole and is never changed, so that reading needs no lock. A version appears with
/// its manifest, which is written last.
class Store {
 public:
  /// Errors: kind usage if there is no store, kind infrastructure if it is damaged.
  static Store open(const std::filesystem::path& path);
  static Store create(const std::filesystem::path& path);

  /// Every version, in their order; of one that is released only the release. Nothing is read of them.
  std::vector<Version> versions() const;
  /// The highest release by version_before(). Errors: kind usage if there is none.
  std::string latest_release() const;
  bool has_releases() const;

  /// The manifest of a version; nothing if the store does not have it at that stage. Errors: kind
  /// infrastructure, with the file, if it is damaged or was edited: every manifest is kept as an object too.
  std::optional<Manifest> manifest(Stage stage, const std::string& version) const;
  /// The version, released or else saved. Errors: kind usage if the store has neither, with "did you mean".
  Manifest manifest(const std::string& version) const;

  /// Writes a manifest; only for who holds the lock. A release takes its version off the saved ones.
  void put(const Manifest& manifest, const Folder& incoming) const;
  /// Reads every file of a version: one whose files are not all there could be no baseline. Errors: kind
  /// infrastructure.
  void expect_undamaged(const Manifest& manifest) const;
  /// Removes the saved manifest of a release, which a process left that was killed in put().
  void take_off_saved(const std::string& version) const;

  const Objects& objects() const { return objects_; }
  const Folder& folder() const { return folder_; }
  /// Where the manifests of a stage lie. Errors: kind infrastructure if it is missing or a link.
  Folder folder(Stage stage) const;
  std::filesystem::path path_of(Stage stage, const std::string& version) const;

 private:
  Store(Folder folder, Objects objects) : folder_(std::move(folder)), objects_(std::move(objects)) {}
  std::vector<std::string> names(Stage stage) const;

  Folder folder_;
  Objects objects_;
};

}  // namespace modelgate
