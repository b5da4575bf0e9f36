#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>

#include "reporters/github/annotations.h"
#include "reporters/github/github.h"
#include "reporters/posting/address.h"
#include "reporters/posting/comment_text.h"
#include "reporters/posting/server_words.h"
#include "reporters/wording/numbers.h"

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_title = 250, most_summary_bytes = 60'000;
constexpr int most_creations = 3;
constexpr char permission[] = "checks: write";

std::string text_of(const Json& body) { return body.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string conclusion_of(const Announcement& announcement) {
  if (!announcement.succeeds()) return "failure";
  // As the exit code 0, neutral lets a required check pass; and it is not green.
  return announcement.warns ? "neutral" : "success";
}

/// By which a check run is known again whose creation was not answered.
std::string new_external_id() {
  std::random_device source;
  std::string id = "modelgate-";
  static constexpr char digits[] = "0123456789abcdef";
  for (int i = 0; i < 4; ++i)
    for (std::uint32_t bits = source(), k = 0; k < 8; ++k, bits >>= 4) id += digits[bits & 15];
  return id;
}

Json json_of(const Annotation& annotation) {
  return {{"path", annotation.path},     {"start_line", annotation.line},
          {"end_line", annotation.line}, {"annotation_level", annotation.level},
          {"title", annotation.title},   {"message", annotation.message}};
}

/// A part of the annotations; GitHub adds those of each request to those that are there.
Json output_of(const Message& message, const std::vector<Annotation>& annotations, std::size_t begin) {
  Json output = {{"title", within_characters(message.announcement.text, longest_title)},
                 {"summary", cut_markdown(harmless_markdown(message.summary), most_summary_bytes)},
                 {"annotations", Json::array()}};
  const std::size_t end = std::min(begin + annotations_of_a_request, annotations.size());
  for (std::size_t i = begin; i < end; ++i) output["annotations"].push_back(json_of(annotations[i]));
  return output;
}

struct Made {
  std::int64_t id = 0;
  std::string url;
};

Made made_from(const Node& node) {
  Fields fields(node);
  Made made;
  made.id = fields.required("id").integer_at_least(1);
  const std::optional<Node> url = fields.optional("html_url");
  if (url && url->is_text()) made.url = page_address(url->text());
  return made;
}

/// The check run of this very program, if its creation arrived although no answer did.
std::optional<Made> made_before(Client& client, const Message& message, const std::string& external_id) {
  const Answer answer =
      client.send({"GET",
                   "/repos/" + message.project + "/commits/" + message.commit +
                       "/check-runs?filter=all&per_page=100&check_name=" + percent_encoded(message.name),
                   ""},
                  Repeat::harmless);
  if (answer.response.status != 200) throw github_refusal(client, answer.response, permission, message.fork);
  std::optional<Made> made;
  read_answer(client.host(), answer.response, [&](const Node& node) {
    for (const Node& run : Fields(node).required("check_runs").items()) {
      const std::optional<Node> id = Fields(run).optional("external_id");
      if (id && id->is_text() && id->text() == external_id) made = made_from(run);
    }
  });
  return made;
}

Made create(Client& client, const Message& message, const std::vector<Annotation>& annotations) {
  const std::string external_id = new_external_id();
  Json body = {{"name", message.name},
               {"head_sha", message.commit},
               {"external_id", external_id},
               {"status", "completed"},
               {"conclusion", conclusion_of(message.announcement)},
               {"output", output_of(message, annotations, 0)}};
  if (!message.target_url.empty()) body["details_url"] = message.target_url;
  for (int creations = 0; creations < most_creations; ++creations) {
    const Answer answer =
        client.send({"POST", "/repos/" + message.project + "/check-runs", text_of(body)}, Repeat::doubles);
    if (answer.unknown) {
      if (const std::optional<Made> made = made_before(client, message, external_id)) return *made;
      continue;
    }
    if (answer.response.status != 201) {
      if (answer.response.status == 403 && !message.fork)
        throw refusal(
            client.host(), answer.response,
            "Only a token of an app makes check runs: that of GitHub Actions with 'permissions: checks: "
            "write'. --status does with a personal one.");
      throw github_refusal(client, answer.response, permission, message.fork);
    }
    Made made;
    read_answer(client.host(), answer.response, [&](const Node& node) { made = made_from(node); });
    return made;
  }
  throw infrastructure_error(client.host(), "the answers were lost several times, and no check run is there");
}

}  // namespace

Posted GitHub::check_run() {
  const std::vector<Annotation> annotations = annotations_of(message_.verdict, root_);
  const Made made = create(client_, message_, annotations);
  std::size_t done = std::min(annotations_of_a_request, annotations.size());
  try {
    for (; done < annotations.size(); done += annotations_of_a_request) {
      const Json body = {{"output", output_of(message_, annotations, done)}};
      const Answer answer = client_.send(
          {"PATCH", repository() + "/check-runs/" + std::to_string(made.id), text_of(body)}, Repeat::doubles);
      // The same annotations twice would be worse than a part of them missing.
      if (answer.unknown) throw infrastructure_error(client_.host(), "an answer was lost");
      if (answer.response.status != 200)
        throw github_refusal(client_, answer.response, permission, message_.fork);
    }
  } catch (const Error& error) {
    return {Posted::How::failed, made.url,
            "the check run is there, and perhaps only " + counted(done, "annotation", "annotations") +
                " of " + count_text(static_cast<std::int64_t>(annotations.size())) + ": " + error.where() +
                ": " + error.message(),
            error.hint()};
  }
  return {
      Posted::How::posted, made.url,
      conclusion_of(message_.announcement) + ", " + counted(annotations.size(), "annotation", "annotations")};
}

}  // namespace modelgate
