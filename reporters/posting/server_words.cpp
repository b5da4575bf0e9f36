#include "reporters/posting/server_words.h"

#include <algorithm>
#include <optional>

#include "reporters/posting/address.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_words = 200, longest_page_address = 500;

/// GitLab's "message" may be a list, or a map of lists.
std::string words_in(const Node& node) {
  if (node.is_text()) return node.text();
  std::string all;
  const auto add = [&](const std::string& words) {
    if (!words.empty() && all.size() < longest_words) all += (all.empty() ? "" : "; ") + words;
  };
  if (node.is_array())
    for (const Node& item : node.items()) add(words_in(item));
  if (node.is_object())
    for (const auto& [name, value] : Fields(node).all()) add(name + ": " + words_in(value));
  return all;
}

}  // namespace

std::string server_words(const Response& response) {
  try {
    const Node document = parse_json(response.body, "answer");
    if (!document.is_object()) return "";
    Fields fields(document);
    for (const char* key : {"message", "error_description", "error"})
      if (const std::optional<Node> words = fields.optional(key))
        return beginning(words_in(*words), longest_words);
  } catch (const Error&) {
    // A page of a proxy, or nothing: the status says what there is to say.
  }
  return "";
}

Error refusal(const std::string& host, const Response& response, const std::string& hint) {
  const std::string words = server_words(response);
  return infrastructure_error(
      host, "it answers " + std::to_string(response.status) + (words.empty() ? "" : " (" + words + ")"),
      hint);
}

void read_answer(const std::string& host, const Response& response,
                 const std::function<void(const Node&)>& read) {
  try {
    read(parse_json(response.body, "answer"));
  } catch (const Error& error) {
    throw infrastructure_error(
        host, "its answer is not as documented: " + beginning(error.message(), longest_words) + " (" +
                  beginning(error.where(), longest_words) + ")");
  }
}

std::string page_address(const std::string& url) {
  const bool visible = std::all_of(url.begin(), url.end(), [](char c) {
    return c > ' ' && c < '\x7f' && std::string_view("\"<>\\^`{|}()[]").find(c) == std::string_view::npos;
  });
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  if (!visible || !is_web || url.size() > longest_page_address || host_in(url).empty()) return "";
  const std::size_t path = url.find('/', url.find("://") + 3);
  return url.substr(0, path).find('@') == std::string::npos ? url : "";
}

}  // namespace modelgate
