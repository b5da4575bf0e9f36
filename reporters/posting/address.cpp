#include "reporters/posting/address.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_url = 1000, longest_host = 253;

bool is_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

bool consists_of(const std::string& text, const char* others) {
  const std::string more = others;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_alnum(c) || more.find(c) != std::string::npos; });
}

std::string in_lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

struct Parts {
  std::string scheme, authority, rest;
};

/// "https", "api.github.com:443", "/path…"; empty where there is no "://".
Parts parts_of(const std::string& url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string::npos) return {};
  const std::size_t begin = colon + 3, end = std::min(url.find_first_of("/?#\\", begin), url.size());
  return {in_lower_case(url.substr(0, colon)), url.substr(begin, end - begin), url.substr(end)};
}

struct HostAndPort {
  std::string host, port;
};

HostAndPort split(const std::string& authority) {
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  const std::size_t colon = authority.find(':', bracket == std::string::npos ? 0 : bracket);
  if (colon == std::string::npos) return {authority, ""};
  return {authority.substr(0, colon), authority.substr(colon)};
}

bool is_host(const std::string& host) {
  if (host.empty() || host.size() > longest_host) return false;
  if (host.starts_with('[') && host.ends_with(']') && host.size() > 2) {
    const std::string inside = host.substr(1, host.size() - 2);
    return inside.find(':') != std::string::npos &&
           inside.find_first_not_of("0123456789abcdefABCDEF:.") == std::string::npos;
  }
  return consists_of(host, ".-") && is_alnum(host.front());
}

/// "" or ":443"
bool is_port(const std::string& port) {
  if (port.empty()) return true;
  int number = 0;
  const char* end = port.data() + port.size();
  const auto [stop, failure] = std::from_chars(port.data() + 1, end, number);
  return port.size() > 1 && failure == std::errc() && stop == end && number >= 1 && number <= 65535;
}

bool is_loopback(const std::string& host) {
  if (host == "[::1]") return true;
  int dots = 0, digits = 0;
  for (const char c : host) {
    if (c == '.') {
      if (digits == 0) return false;
      ++dots;
      digits = 0;
    } else if (std::isdigit(static_cast<unsigned char>(c)) == 0 || ++digits > 3) {
      return false;
    }
  }
  return dots == 3 && digits > 0 && host.starts_with("127.");
}

}  // namespace

ApiAddress api_address(const std::string& url, const std::string& where, bool loopback_http) {
  const auto refuse = [&](const std::string& what, const std::string& hint = "") {
    throw usage_error(where, what, hint);
  };
  if (url.size() > longest_url) refuse("the address is longer than 1,000 bytes");
  const Parts parts = parts_of(url);
  if (parts.scheme.empty()) refuse("is not an address like https://api.github.com");
  if (parts.authority.find('@') != std::string::npos)
    refuse("the address holds a user or a password",
           "Addresses are shown and logged. Give the token by the environment or --token-file.");
  if (parts.rest.find_first_of("?#") != std::string::npos)
    refuse("the address holds a query or a fragment",
           "Give it up to its path, like https://gitlab.example.com/api/v4.");
  const auto [host, port] = split(parts.authority);
  if (!is_host(host) || !is_port(port)) refuse("the address names no host that can be asked");
  std::string path = parts.rest;
  while (path.ends_with('/')) path.pop_back();
  if (!consists_of(path, "/._~%-") || path.find("..") != std::string::npos)
    refuse("the path of the address holds what does not belong into one");
  const bool encrypted = parts.scheme == "https";
  if (!encrypted && parts.scheme != "http") refuse("the address is neither https nor http");
  if (!encrypted && !(loopback_http && is_loopback(host)))
    refuse(
        "the address is http, and a token goes over https alone",
        "For a server on this machine (127.0.0.1) --loopback-http or MODELGATE_LOOPBACK_HTTP=1 allows it.");
  const std::string shown = in_lower_case(host) + port;
  return {parts.scheme + "://" + shown + path, shown, encrypted};
}

std::string host_in(const std::string& location) {
  std::string authority = parts_of(location).authority;
  if (location.starts_with("//")) authority = parts_of("https:" + location).authority;
  const std::size_t at = authority.rfind('@');
  if (at != std::string::npos) authority.erase(0, at + 1);
  const auto [host, port] = split(authority);
  return is_host(host) && is_port(port) ? in_lower_case(host) + port : "";
}

std::string percent_encoded(const std::string& text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string all;
  for (const char c : text) {
    if (is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      all += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      all += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return all;
}

}  // namespace modelgate
