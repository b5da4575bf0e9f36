#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace modelgate {

/// SHA-256 (FIPS 180-4) piece by piece, for bytes that are hashed while they are copied. Errors: kind
/// infrastructure if the system's OpenSSL does not provide it.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// "sha256:" and 64 hexadecimal digits, of all that was added. Call once, at the end.
  std::string text();

 private:
  std::unique_ptr<evp_md_ctx_st, void (*)(evp_md_ctx_st*)> context_;
};

}  // namespace modelgate
