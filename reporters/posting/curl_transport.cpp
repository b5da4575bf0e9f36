#include "reporters/posting/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <csignal>

#include "schemas/tool/error.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

constexpr double longest_connecting_seconds = 10;
constexpr std::size_t most_header_bytes = 64u << 10;

struct HeaderList {
  curl_slist* list = nullptr;
  HeaderList() = default;
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;
  ~HeaderList() { curl_slist_free_all(list); }
  void add(const std::string& line) { list = curl_slist_append(list, line.c_str()); }
};

/// What comes in, bounded.
struct Receiver {
  Response response;
  std::size_t header_bytes = 0;
  bool too_large = false;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* target) {
  auto& receiver = *static_cast<Receiver*>(target);
  const std::size_t bytes = size * count;
  if (receiver.response.body.size() + bytes > most_answer_bytes) {
    receiver.too_large = true;
    return 0;
  }
  receiver.response.body.append(data, bytes);
  return bytes;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* target) {
  auto& receiver = *static_cast<Receiver*>(target);
  const std::size_t bytes = size * count;
  receiver.header_bytes += bytes;
  if (receiver.header_bytes > most_header_bytes) {
    receiver.too_large = true;
    return 0;
  }
  const std::string line(data, bytes);
  if (line.starts_with("HTTP/")) receiver.response.headers.clear();  // that of a 100 Continue before it
  const std::size_t colon = line.find(':');
  if (colon == std::string::npos) return bytes;
  std::string name = line.substr(0, colon);
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  receiver.response.headers[name] = trimmed(line.substr(colon + 1));
  return bytes;
}

Exchange fault(Fault fault, const std::string& text) { return {fault, text, {}}; }

/// libcurl's messages may hold addresses; these do not.
Exchange fault_of(CURLcode code, bool anything_sent, bool too_large) {
  if (too_large) return fault(Fault::too_large, "its answer is larger than the 16 MiB that are read");
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return fault(Fault::unreachable, "there is no such host");
    case CURLE_COULDNT_RESOLVE_PROXY:
      return fault(Fault::unreachable, "the proxy's host is not known");
    case CURLE_COULDNT_CONNECT:
      return fault(Fault::unreachable, "nobody answers there");
    case CURLE_SSL_CONNECT_ERROR:
      return fault(Fault::unreachable, "no encrypted connection could be made");
    case CURLE_OPERATION_TIMEDOUT:
      return fault(anything_sent ? Fault::timed_out : Fault::unreachable, "no answer in time");
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return fault(anything_sent ? Fault::broken : Fault::unreachable, "the connection broke off");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return fault(
          Fault::untrusted,
          "its TLS certificate is not to be trusted: another host's, expired, or of an unknown authority");
    case CURLE_SSL_CACERT_BADFILE:
      return fault(Fault::unusable, "the file of authorities (--ca-file) cannot be read as PEM");
    default:
      return fault(Fault::unusable, std::string("it could not be asked: ") + curl_easy_strerror(code));
  }
}

void initialise_once() {
  // A server that goes away while something is written must be an error, and not our end.
  std::signal(SIGPIPE, SIG_IGN);
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw infrastructure_error("", "libcurl cannot be started");
}

long milliseconds(double seconds) { return std::max(1L, static_cast<long>(seconds * 1000)); }

}  // namespace

struct CurlTransport::Session {
  CURL* handle = curl_easy_init();
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { curl_easy_cleanup(handle); }
};

CurlTransport::CurlTransport(ApiAddress address, Token token, Etiquette etiquette, std::string ca_file)
    : address_(std::move(address)),
      token_(std::move(token)),
      etiquette_(std::move(etiquette)),
      ca_file_(std::move(ca_file)) {
  initialise_once();
  session_ = std::make_unique<Session>();
  if (session_->handle == nullptr) throw infrastructure_error("", "libcurl cannot be started");
}

CurlTransport::~CurlTransport() = default;

Exchange CurlTransport::send(const Request& request, double timeout_seconds) {
  CURL* const handle = session_->handle;
  curl_easy_reset(handle);
  const std::string url = address_.url + request.path;
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, address_.encrypted ? "https" : "http");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!ca_file_.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, ca_file_.c_str());
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
  }
  // A proxy of the environment carries what is encrypted through, and must not see what is not.
  if (!address_.encrypted) curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, milliseconds(timeout_seconds));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                   milliseconds(std::min(timeout_seconds, longest_connecting_seconds)));
  // libcurl repeats what went out on a connection kept from before; whether to repeat is not its decision.
  curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);

  HeaderList headers;
  headers.add(etiquette_.token_header + token_.secret());
  headers.add("Accept: " + etiquette_.accept);
  if (!etiquette_.more.empty()) headers.add(etiquette_.more);
  headers.add("User-Agent: modelgate/" + product_version());
  headers.add("Expect:");
  curl_easy_setopt(handle, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // none to a proxy
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  // A test that printed its environment must not publish the token in a comment.
  const std::string body = token_.removed_from(request.body);
  if (!body.empty()) {
    headers.add("Content-Type: application/json");
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  }
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.list);

  Receiver receiver;
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &receiver);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &receiver);
  curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // a proxy's are not the server's

  const CURLcode code = curl_easy_perform(handle);
  long sent_bytes = 0, status = 0;
  curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &sent_bytes);
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK) return fault_of(code, sent_bytes > 0, receiver.too_large);
  receiver.response.status = static_cast<int>(status);
  // A server that echoes what it was sent is quoted without the token, and cannot make us cut it in the
  // middle.
  receiver.response.body = token_.removed_from(std::move(receiver.response.body));
  for (auto& [name, value] : receiver.response.headers) value = token_.removed_from(std::move(value));
  return {Fault::none, "", std::move(receiver.response)};
}

}  // namespace modelgate
