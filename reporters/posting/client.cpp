#include "reporters/posting/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reporters/posting/address.h"
#include "reporters/posting/server_wait.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

/// What becomes of one try.
enum class Next {
  done,        ///< There is an answer.
  again,       ///< Nothing was done, or it may be done twice.
  unknown,     ///< It may have been done, and must not be done twice.
  impossible,  ///< Another try changes nothing.
};

Next lost(Repeat repeat) { return repeat == Repeat::harmless ? Next::again : Next::unknown; }

Next next_after(const Exchange& exchange, const Request& request, Repeat repeat) {
  switch (exchange.fault) {
    case Fault::none:
      break;
    case Fault::unreachable:
      return Next::again;
    case Fault::broken:
    case Fault::timed_out:
      return lost(repeat);
    case Fault::untrusted:
    case Fault::too_large:
    case Fault::unusable:
      return Next::impossible;
  }
  const Response& response = exchange.response;
  if (is_rate_limited(response)) return Next::again;
  if (response.status == 409 && request.conflict_passes) return Next::again;
  // A gateway cannot know what became of what it handed on.
  if (response.status >= 502 && response.status <= 504) return lost(repeat);
  return Next::done;
}

/// What was wrong with a try, in a few words.
std::string problem_of(const Exchange& exchange) {
  if (exchange.fault != Fault::none) return exchange.fault_text;
  if (is_rate_limited(exchange.response))
    return fmt::format("too many requests ({})", exchange.response.status);
  return fmt::format("it answers {}", exchange.response.status);
}

std::string hint_for(Fault fault) {
  if (fault == Fault::untrusted)
    return "--ca-file FILE names the authorities (PEM) of a server of your own; there is no way around the "
           "check.";
  return "";
}

bool is_json(const Response& response) {
  const std::string type = response.header("content-type");
  return type.starts_with("application/") && type.find("json") != std::string::npos;
}

void expect_usable(const Response& response, const std::string& host) {
  if (response.status >= 300 && response.status < 400) {
    const std::string other = host_in(response.header("location"));
    throw infrastructure_error(
        host,
        fmt::format("it answers {} and points to {}, where the token is not sent", response.status,
                    other.empty()   ? "another address"
                    : other == host ? "another path of itself"
                                    : other),
        "Give the address and the project as they are now: --api-url, --project.");
  }
  if (response.status < 200 || response.status > 299 || response.status == 204 || is_json(response)) return;
  throw infrastructure_error(host, fmt::format("it answers {}, and not in JSON", response.status),
                             "Is it the address of the API? https://api.github.com, or of GitLab "
                             "https://HOST/api/v4.");
}

}  // namespace

void Client::pause(const Exchange& exchange, int tries, const std::string& problem) {
  const double left = deadline_ - waiting_.now();
  const double ceiling = std::min(patience_.longest_pause, patience_.first_pause * std::pow(2, tries - 1));
  const std::optional<double> asked = asked_wait(exchange.response, waiting_.utc());
  const double seconds =
      asked ? *asked + waiting_.chance() * patience_.first_pause : waiting_.chance() * ceiling;
  const std::string count = tries == 1 ? "one try" : fmt::format("{} tries", tries);
  if (asked && !(seconds < left))
    throw infrastructure_error(
        host_,
        fmt::format("{}; it asks to wait {:.0f} s, which is more than the {:.0f} s that a post may take",
                    problem, std::ceil(*asked), patience_.all_tries),
        "--seconds N allows more.");
  if (tries >= patience_.most_tries || !(seconds < left))
    throw infrastructure_error(host_, fmt::format("{}; given up after {}", problem, count));
  waiting_.wait(seconds);
}

Answer Client::send(const Request& request, Repeat repeat) {
  for (int tries = 1;; ++tries) {
    const double left = deadline_ - waiting_.now();
    if (!(left > 0))
      throw infrastructure_error(
          host_, fmt::format("not done within the {:.0f} s that a post may take", patience_.all_tries));
    Exchange exchange = transport_.send(request, std::min(patience_.one_try, left));
    const Next next = next_after(exchange, request, repeat);
    if (next == Next::impossible)
      throw infrastructure_error(host_, problem_of(exchange), hint_for(exchange.fault));
    if (next == Next::done) {
      expect_usable(exchange.response, host_);
      return {std::move(exchange.response), false};
    }
    pause(exchange, tries, problem_of(exchange));
    if (next == Next::unknown) return {std::move(exchange.response), true};
  }
}

}  // namespace modelgate
