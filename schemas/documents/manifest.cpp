#include "schemas/documents/manifest.h"

#include <algorithm>

#include "schemas/documents/digest_field.h"
#include "schemas/documents/writing.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using writing::Json;
using writing::put;

constexpr std::int64_t manifest_version = 1;

std::string checked_path(const Node& node) {
  const std::string path = node.text();
  bool safe = is_printable(path) && path.find('\\') == std::string::npos;
  for (std::size_t begin = 0; safe && begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    safe = !part.empty() && part != "." && part != "..";
    begin = end + 1;
  }
  if (!safe) node.refuse("the path '" + beginning(path) + "' leaves the release's folder or is malformed");
  return path;
}

FileEntry entry_from(const Node& node) {
  Fields fields(node);
  FileEntry entry;
  entry.path = checked_path(fields.required("path"));
  entry.digest = digest_from(fields.required("digest"));
  entry.bytes = fields.required("bytes").integer_at_least(0);
  entry.executable = fields.boolean_or("executable", false);
  fields.finish();
  return entry;
}

}  // namespace

Manifest manifest_from(const Node& document) {
  Fields fields(document);
  expect_document(fields, "baseline-manifest", manifest_version);
  Manifest manifest;
  manifest.name = fields.text_or("name", "");
  const Node version = fields.required("release");
  manifest.version = version.text();
  if (!is_safe_name(manifest.version))
    version.refuse("'" + beginning(manifest.version) + "' cannot be a version",
                   "Use letters, digits, '.', '_', '+' and '-'.");
  manifest.commit = fields.text_or("commit", "");
  manifest.created = fields.text("created");
  const Node digest = fields.required("digest");
  manifest.digest = digest_from(digest);
  const Node files = fields.required("files");
  for (const Node& node : files.items()) {
    manifest.files.push_back(entry_from(node));
    const std::size_t count = manifest.files.size();
    if (count > 1 && !(manifest.files[count - 2].path < manifest.files[count - 1].path))
      node.refuse("files must be sorted by path, each once");
  }
  if (manifest.files.empty()) files.refuse("a release without files");
  if (digest_of(manifest.files) != manifest.digest)
    digest.refuse("the digest is not that of the files listed");
  if (const auto released = fields.optional("released")) {
    Fields by(*released);
    manifest.released = ReleasedBy{digest_from(by.required("verdict_digest")),
                                   by.boolean_or("first_release", false), by.text_or("baseline", "")};
    by.finish();
  }
  fields.finish();
  return manifest;
}

Manifest read_manifest(const std::filesystem::path& path) { return manifest_from(read_document(path)); }

std::string to_json(const Manifest& manifest) {
  Json json = writing::document("baseline-manifest", manifest_version);
  put(json, "name", manifest.name);
  json["release"] = manifest.version;
  put(json, "commit", manifest.commit);
  json["created"] = manifest.created;
  json["digest"] = manifest.digest;
  json["files"] = Json::array();
  for (const FileEntry& entry : manifest.files) {
    Json file{{"path", entry.path}, {"digest", entry.digest}, {"bytes", entry.bytes}};
    put(file, "executable", entry.executable);
    json["files"].push_back(std::move(file));
  }
  if (manifest.released) {
    Json by{{"verdict_digest", manifest.released->verdict_digest}};
    put(by, "first_release", manifest.released->first_release);
    put(by, "baseline", manifest.released->baseline);
    json["released"] = std::move(by);
  }
  return writing::text_of(json);
}

}  // namespace modelgate
