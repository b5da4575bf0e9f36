#include "reporters/posting/posts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_text = 1000;

std::string safe(const std::string& text, const Token& token) {
  return beginning(token.removed_from(text), longest_text);
}

Posted tried(const Post& post) {
  try {
    return post.send();
  } catch (const Error& error) {
    Posted failed{Posted::How::failed, "", error.message(), error.hint()};
    if (!error.where().empty()) failed.sentence = error.where() + ": " + failed.sentence;
    return failed;
  }
}

}  // namespace

std::string name_of(Posted::How how) {
  switch (how) {
    case Posted::How::posted:
      return "posted";
    case Posted::How::updated:
      return "updated";
    case Posted::How::skipped:
      return "skipped";
    case Posted::How::failed:
      break;
  }
  return "failed";
}

std::vector<PostRecord> posted_all(const std::vector<Post>& posts, const Token& token) {
  std::vector<PostRecord> records;
  for (const Post& post : posts) {
    Posted posted = tried(post);
    posted.url = safe(posted.url, token);
    posted.sentence = safe(posted.sentence, token);
    posted.hint = safe(posted.hint, token);
    records.push_back({post.what, std::move(posted)});
  }
  return records;
}

ExitCode exit_code_of(const std::vector<PostRecord>& records) {
  const bool all = std::none_of(records.begin(), records.end(), [](const PostRecord& record) {
    return record.posted.how == Posted::How::failed;
  });
  return all ? ExitCode::pass : ExitCode::error;
}

std::string posts_json(const PostedTo& to, const std::vector<PostRecord>& records) {
  using Json = nlohmann::ordered_json;
  Json document = {{"schema", "modelgate/posts"}, {"version", 1},
                   {"platform", to.platform},     {"host", to.host},
                   {"project", to.project},       {"commit", to.commit},
                   {"request", to.request},       {"posts", Json::array()}};
  for (const auto& [what, posted] : records)
    document["posts"].push_back({{"what", what},
                                 {"outcome", name_of(posted.how)},
                                 {"url", posted.url},
                                 {"sentence", posted.sentence},
                                 {"hint", posted.hint}});
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string posts_text(const std::vector<PostRecord>& records) {
  std::string text;
  for (const auto& [what, posted] : records) {
    if (posted.how == Posted::How::failed) continue;
    text += what + ": " + name_of(posted.how);
    for (const std::string& more : {posted.sentence, posted.url})
      if (!more.empty()) text += ", " + more;
    text += "\n";
  }
  return text;
}

}  // namespace modelgate
