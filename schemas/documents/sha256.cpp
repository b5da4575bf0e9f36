#include "schemas/documents/sha256.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

[[noreturn]] void refuse() { throw infrastructure_error("", "SHA-256 is not available"); }

/// Without the system's openssl.cnf: reading it takes as long as hashing a megabyte, and nothing in it may
/// change what a digest is.
bool begin() { return ::OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr) == 1; }

}  // namespace

Sha256::Sha256() : context_(begin() ? ::EVP_MD_CTX_new() : nullptr, ::EVP_MD_CTX_free) {
  if (!context_ || ::EVP_DigestInit_ex(context_.get(), ::EVP_sha256(), nullptr) != 1) refuse();
}

void Sha256::add(std::string_view bytes) {
  if (::EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1) refuse();
}

std::string Sha256::text() {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (::EVP_DigestFinal_ex(context_.get(), digest, &length) != 1) refuse();
  static constexpr char digits[] = "0123456789abcdef";
  std::string text = "sha256:";
  for (unsigned int i = 0; i < length; ++i) {
    text += digits[digest[i] >> 4];
    text += digits[digest[i] & 15];
  }
  return text;
}

}  // namespace modelgate
