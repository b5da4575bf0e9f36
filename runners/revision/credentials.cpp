#include "runners/revision/credentials.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "runners/revision/percent.h"

namespace modelgate {
namespace {

/// RFC 4648.
std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    unsigned word = 0;
    for (std::size_t k = 0; k < 3; ++k)
      word = word << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) text += k <= count ? digits[word >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

}  // namespace

AddressCredentials credentials_in(const std::string& address) {
  for (const std::string scheme : {"https://", "http://"}) {
    if (!address.starts_with(scheme)) continue;
    const std::size_t end = std::min(address.find_first_of("/?#", scheme.size()), address.size());
    const std::size_t at = address.rfind('@', end == 0 ? 0 : end - 1);
    if (at == std::string::npos || at < scheme.size()) return {};
    const std::string user = address.substr(scheme.size(), at - scheme.size());
    const std::string host = address.substr(at + 1, end - at - 1) + "/";
    const std::size_t colon = std::min(user.find(':'), user.size());
    const std::string word = colon == user.size() ? "" : user.substr(colon + 1);
    const std::string both = percent_decoded(user.substr(0, colon)) + ":" + percent_decoded(word);
    if (both.find_first_of("\r\n") != std::string::npos || both.find('\0') != std::string::npos) return {};
    return {scheme + address.substr(at + 1), scheme + host, "Authorization: Basic " + base64(both)};
  }
  return {};
}

void keep_apart(const AddressCredentials& credentials, const std::string& configured,
                std::map<std::string, std::string>& environment) {
  if (credentials.address.empty() || configured.empty()) return;
  const auto count = environment.find("GIT_CONFIG_COUNT");
  int next = count == environment.end() ? 0 : std::max(0, std::atoi(count->second.c_str()));
  const auto set = [&](const std::string& key, const std::string& value) {
    environment["GIT_CONFIG_KEY_" + std::to_string(next)] = key;
    environment["GIT_CONFIG_VALUE_" + std::to_string(next)] = value;
    ++next;
  };
  // Of several that begin what is configured Git takes the longest: all of it.
  set("url." + credentials.address + ".insteadOf", configured);
  set("http." + credentials.server + ".extraHeader", credentials.header);
  environment["GIT_CONFIG_COUNT"] = std::to_string(next);
}

}  // namespace modelgate
