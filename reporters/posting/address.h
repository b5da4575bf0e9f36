#pragma once

#include <string>

namespace modelgate {

/// Where a platform's API lies, as it was declared. A token goes there and nowhere else.
struct ApiAddress {
  std::string url;        ///< "https://api.github.com", without a slash at its end.
  std::string host;       ///< "api.github.com", "127.0.0.1:8080": what messages name.
  bool encrypted = true;  ///< False only of a loopback address.
};

/// Reads an API's URL: https, a host, perhaps a port and a path. http is taken only of a loopback address
/// (127.0.0.0/8, [::1]) and only where `loopback_http` allows it. Errors: kind usage; they say what is wrong
/// and never quote the URL, in which a password may stand. `where` names what gave it ("--api-url").
ApiAddress api_address(const std::string& url, const std::string& where, bool loopback_http);

/// The host that a Location header points to, "" where it names none that can be shown. Never a user, a
/// password, a path or a query.
std::string host_in(const std::string& location);

/// A text as one segment of a path or one value of a query: everything but letters, digits and -._~ as %XX.
std::string percent_encoded(const std::string& text);

}  // namespace modelgate
