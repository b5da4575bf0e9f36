#pragma once

#include <string>

#include "reporters/posting/exchange.h"
#include "reporters/posting/waiting.h"

namespace modelgate {

/// What a request does when it is sent a second time, after an answer to the first was lost.
enum class Repeat {
  harmless,  ///< The same again: reading, replacing, a status that is overwritten.
  doubles,   ///< Another one is made: a comment, a check run.
};

/// How long it is tried. All in seconds.
struct Patience {
  double all_tries = 120;  ///< Of one post, from its first request to its last answer.
  double one_try = 30;     ///< Of one request.
  double first_pause = 1;  ///< Before the second try at most; doubled before each further one.
  double longest_pause = 30;
  int most_tries = 8;  ///< Of one request.
};

struct Answer {
  Response response;
  /// Of a request that doubles: the answer was lost, and whether it was done is not known. Look before it is
  /// sent again; the pause before that is over.
  bool unknown = false;
};

/// Sends requests until they are answered, with pauses of a random length up to an exponentially growing one
/// (full jitter), or as long as the server asks for.
/// Tried again: what was not reached, broke off or took too long; 429 and 403 of a rate limit; 502, 503, 504.
class Client {
 public:
  /// `host` is what messages name; `where` is said of all of it.
  Client(Transport& transport, Waiting& waiting, std::string host, const Patience& patience)
      : transport_(transport), waiting_(waiting), host_(std::move(host)), patience_(patience) {
    begin_post();
  }

  /// A new post: the time for all tries begins anew.
  void begin_post() { deadline_ = waiting_.now() + patience_.all_tries; }

  /// The answer, of whatever status but a redirect. Errors: kind infrastructure where none came in time, for
  /// a redirect (it is not followed), a certificate that is not to be trusted, an answer that is too large,
  /// and one of success (2xx) that is no JSON.
  Answer send(const Request& request, Repeat repeat);

  const std::string& host() const { return host_; }

 private:
  void pause(const Exchange& exchange, int tries, const std::string& problem);

  Transport& transport_;
  Waiting& waiting_;
  std::string host_;
  Patience patience_;
  double deadline_ = 0;
};

}  // namespace modelgate
