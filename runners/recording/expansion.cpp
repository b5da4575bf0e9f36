#include <algorithm>
#include <cctype>

#include "runners/recording/recording.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

/// The word in "{word}" at `begin`; empty if what stands there is no such thing, like JSON or "a{3}".
std::string word_at(const std::string& text, std::size_t begin) {
  const std::size_t end = text.find('}', begin);
  if (end == std::string::npos || begin + 1 == end) return "";
  const std::string word = text.substr(begin + 1, end - begin - 1);
  const bool is_word = std::isalpha(static_cast<unsigned char>(word.front())) != 0 &&
                       std::all_of(word.begin(), word.end(), [](unsigned char c) {
                         return std::isalnum(c) != 0 || c == '_' || c == '.' || c == '-';
                       });
  return is_word ? word : "";
}

}  // namespace

std::string expand(const std::string& text, const MeasuredSubject& subject) {
  const std::map<std::string, std::string> meanings = {{"subject", subject.folder.string()},
                                                       {"role", name_of(subject.subject.role)}};
  std::string all;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{') {
      all += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '{') {
      all += '{';
      ++i;
    } else if (const std::string word = word_at(text, i); word.empty()) {
      all += '{';
    } else if (const auto meaning = meanings.find(word); meaning != meanings.end()) {
      all += meaning->second;
      i += word.size() + 1;
    } else {
      const std::string near = did_you_mean("{" + word + "}", {"{subject}", "{role}"});
      throw usage_error("", "'" + text + "' holds {" + word + "}, which stands for nothing",
                        (near.empty() ? "{subject} and {role} stand for something." : near) +
                            " For the text itself write {{" + word + "}.");
    }
  }
  return all;
}

std::vector<std::string> expand(const std::vector<std::string>& texts, const MeasuredSubject& subject) {
  std::vector<std::string> all;
  for (const std::string& text : texts) all.push_back(expand(text, subject));
  return all;
}

}  // namespace modelgate
