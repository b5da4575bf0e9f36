#pragma once

#include <deque>
#include <stdexcept>
#include <string>
#include <vector>

#include "reporters/posting/exchange.h"
#include "reporters/posting/waiting.h"

namespace modelgate {

inline Exchange answered(int status, const std::string& body = "{}",
                         std::map<std::string, std::string> headers = {}) {
  headers.emplace("content-type", "application/json; charset=utf-8");
  return {Fault::none, "", {status, std::move(headers), body}};
}

inline Exchange failed(Fault fault, const std::string& text = "the connection broke off") {
  return {fault, text, {}};
}

/// Gives the answers in their order and keeps what was asked.
class ScriptedTransport : public Transport {
 public:
  std::deque<Exchange> answers;
  std::vector<Request> requests;
  std::vector<double> timeouts;

  Exchange send(const Request& request, double timeout_seconds) override {
    requests.push_back(request);
    timeouts.push_back(timeout_seconds);
    if (answers.empty())
      throw std::logic_error("no answer is scripted for " + request.method + " " + request.path);
    Exchange next = answers.front();
    answers.pop_front();
    return next;
  }

  /// "GET /user", … in their order.
  std::vector<std::string> asked() const {
    std::vector<std::string> all;
    for (const Request& request : requests) all.push_back(request.method + " " + request.path);
    return all;
  }
};

/// A clock that moves only by waiting, and chance as it is set.
class ScriptedWaiting : public Waiting {
 public:
  double seconds = 1000, since_1970 = 1'790'000'000, chances = 0.5;
  std::vector<double> waits;

  double now() override { return seconds; }
  double utc() override { return since_1970; }
  double chance() override { return chances; }
  void wait(double duration) override {
    waits.push_back(duration);
    seconds += duration;
    since_1970 += duration;
  }
};

/// The words of the Error that `act` throws; "" if it throws none.
template <typename Act>
std::string error_of(const Act& act) {
  try {
    act();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

}  // namespace modelgate
