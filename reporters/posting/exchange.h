#pragma once

#include <map>
#include <string>

namespace modelgate {

/// What is asked of an API. It holds no token: the transport adds that.
struct Request {
  std::string method;  ///< "GET", "POST", "PATCH", "PUT", "DELETE".
  std::string path;    ///< Below the API's URL, encoded, with its query: "/repos/o/r/statuses/…".
  std::string body;    ///< JSON; "": none.
  /// 409 means that somebody else was at it, nothing was done, and another try may help.
  bool conflict_passes = false;
};

struct Response {
  int status = 0;                              ///< Of HTTP; 0: there was no answer.
  std::map<std::string, std::string> headers;  ///< By their names in lower case.
  std::string body;

  /// The header's value, "" where there is none.
  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

/// Why there is no answer.
enum class Fault {
  none,
  unreachable,  ///< Nothing was sent: no such host, nobody listens, the handshake broke off.
  broken,       ///< Something was sent, and the connection broke before the answer was whole.
  timed_out,    ///< Something was sent, and no whole answer came in time.
  untrusted,    ///< The server's certificate is not to be trusted.
  too_large,    ///< The answer is larger than is read.
  unusable,     ///< Anything else: no HTTP, an authority's file that cannot be read.
};

struct Exchange {
  Fault fault = Fault::none;
  std::string fault_text;  ///< In words; without addresses and secrets.
  Response response;
};

/// Sends a request once and brings its answer. Follows no redirect.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual Exchange send(const Request& request, double timeout_seconds) = 0;
};

}  // namespace modelgate
