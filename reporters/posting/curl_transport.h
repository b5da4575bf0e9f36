#pragma once

#include <memory>
#include <string>

#include "reporters/posting/address.h"
#include "reporters/posting/exchange.h"
#include "reporters/posting/token.h"

namespace modelgate {

/// No answer that we ask for is larger: 50 comments of 65,536 characters each.
inline constexpr std::size_t most_answer_bytes = 16u << 20;

/// How a platform wants to be spoken to.
struct Etiquette {
  std::string token_header;  ///< "Authorization: Bearer ", "PRIVATE-TOKEN: ".
  std::string accept;        ///< "application/vnd.github+json".
  std::string more;          ///< One more header, "" for none: "X-GitHub-Api-Version: 2022-11-28".
};

/// Speaks HTTP by libcurl to one API. The token is added here, and goes to the address alone: no redirect is
/// followed, no proxy and no other protocol sees it, certificates are verified (TLS 1.2 or newer), and
/// nothing is logged.
class CurlTransport : public Transport {
 public:
  /// `ca_file` names authorities in PEM, to be trusted instead of the system's; "": the system's.
  CurlTransport(ApiAddress address, Token token, Etiquette etiquette, std::string ca_file);
  ~CurlTransport() override;

  Exchange send(const Request& request, double timeout_seconds) override;

 private:
  struct Session;
  ApiAddress address_;
  Token token_;
  Etiquette etiquette_;
  std::string ca_file_;
  std::unique_ptr<Session> session_;
};

}  // namespace modelgate
