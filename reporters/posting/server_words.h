#pragma once

#include <functional>
#include <string>

#include "reporters/posting/exchange.h"
#include "schemas/documents/node.h"
#include "schemas/tool/error.h"

namespace modelgate {

/// What the server says about a refusal, printable, in one line and shortened: its JSON's "message" or
/// "error",
/// "" where it says nothing that can be read.
std::string server_words(const Response& response);

/// "api.github.com: 403: Resource not accessible by integration": that it did not do what was asked.
Error refusal(const std::string& host, const Response& response, const std::string& hint);

/// Reads an answer's JSON. Errors: kind infrastructure if it is not what `read` expects.
void read_answer(const std::string& host, const Response& response,
                 const std::function<void(const Node&)>& read);

/// A text for people of what a server sent as an address of a page: "" unless it is an http(s) address of
/// visible ASCII and at most 500 bytes without a user.
std::string page_address(const std::string& url);

}  // namespace modelgate
