#include "reporters/wording/checks.h"

#include <algorithm>

#include "reporters/wording/numbers.h"
#include "schemas/documents/status_code.h"

namespace modelgate {
namespace {

/// How urgent a status is; what a verdict cannot be is an error.
int severity(Status status) {
  switch (status) {
    case Status::fail:
      return 3;
    case Status::error:
    case Status::not_compared:
      return 2;
    case Status::inconclusive:
      return 1;
    case Status::pass:
      break;
  }
  return 0;
}

}  // namespace

Standing standing_of(const Check& check) {
  switch (check.status) {
    case Status::pass:
      return !check.waiver.empty()      ? Standing::waived
             : is_flaky(check.attempts) ? Standing::flaky
             : check.improved           ? Standing::better
                                        : Standing::pass;
    case Status::fail:
      return Standing::fail;
    case Status::inconclusive:
      return Standing::inconclusive;
    case Status::not_compared:
      return Standing::not_compared;
    case Status::error:
      break;
  }
  return Standing::error;
}

std::string word_for(Standing standing) {
  switch (standing) {
    case Standing::fail:
      return "FAIL";
    case Standing::inconclusive:
      return "cannot tell";
    case Standing::waived:
      return "waived";
    case Standing::flaky:
      return "flaky";
    case Standing::better:
      return "better";
    case Standing::pass:
      return "pass";
    case Standing::not_compared:
      return "not compared";
    case Standing::error:
      break;
  }
  return "ERROR";
}

std::string word_for(Status status) {
  Check check;
  check.status = status;
  return word_for(standing_of(check));
}

Tally tally(const std::vector<Check>& checks) {
  Tally counts;
  for (const Check& check : checks) ++counts[standing_of(check)];
  return counts;
}

std::string tally_text(const Tally& tally) {
  std::size_t all = 0;
  std::string parts;
  for (const auto& [standing, count] : tally) {
    const std::string word = standing == Standing::fail    ? "fail"
                             : standing == Standing::error ? "error"
                                                           : word_for(standing);
    all += count;
    parts += (parts.empty() ? "" : ", ") + count_text(static_cast<std::int64_t>(count)) + " " + word;
  }
  return all == 0 ? "no checks" : counted(all, "check", "checks") + ": " + parts;
}

std::string confidence_text(const std::vector<Check>& checks) {
  std::set<double> levels;
  for (const Check& check : checks)
    if (check.effect && (check.effect->lower || check.effect->upper)) levels.insert(check.effect->confidence);
  if (levels.empty()) return "";
  const std::string lowest = level_text(*levels.begin()), highest = level_text(*levels.rbegin());
  return "each bound holds with a confidence of " + (lowest == highest ? lowest : lowest + " to " + highest) +
         " by itself";
}

std::vector<const Check*> in_order(const std::vector<Check>& checks) {
  std::vector<const Check*> ordered;
  ordered.reserve(checks.size());
  for (const Check& check : checks) ordered.push_back(&check);
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Check* a, const Check* b) { return standing_of(*a) < standing_of(*b); });
  return ordered;
}

Outcome outcome_of(const Verdict& verdict) {
  const Status of_checks = worst(verdict.checks);
  if (verdict.status == of_checks) return {of_checks, ""};
  const Status worse = severity(verdict.status) > severity(of_checks) ? verdict.status : of_checks;
  return {worse, "the document says '" + name_of(verdict.status) + "', and its checks say '" +
                     name_of(of_checks) +
                     "': it was not written by a gate, and counts as the worse of the two"};
}

std::string sampling_text(const Sampling& sampling) {
  const std::string ending = sampling.ended == "decided"     ? "until everything was decided"
                             : sampling.ended == "exhausted" ? "all that the plan allows"
                                                             : "until the budget was spent";
  std::string samples;
  if (sampling.pairs > 0 || sampling.rows == 0)
    samples = ", " + counted(static_cast<std::size_t>(sampling.pairs), "process pair", "process pairs");
  if (sampling.rows > 0) samples += ", " + counted(static_cast<std::size_t>(sampling.rows), "row", "rows");
  return counted(static_cast<std::size_t>(sampling.looks), "look", "looks") + samples + " in " +
         quantity_text(sampling.seconds, "s") + ": " + ending;
}

std::string warning_text(const Verdict& verdict, const Outcome& outcome) {
  if (!outcome.contradiction.empty() || !only_warns(verdict)) return "";
  return "does not block: " + verdict.inconclusive->because;
}

std::string name_with_slice(const Check& check) {
  if (check.slice.empty()) return check.name;
  std::string slice;
  for (const auto& [field, value] : check.slice) slice += (slice.empty() ? "" : ", ") + field + "=" + value;
  return check.name + " [" + slice + "]";
}

std::string sentence_beside_name(const Check& check) {
  const std::string& sentence = check.sentence;
  if (check.name.empty() || !check.slice.empty() || !sentence.starts_with(check.name)) return sentence;
  for (const char* separator : {": ", " "})
    if (sentence.compare(check.name.size(), std::string(separator).size(), separator) == 0)
      return sentence.substr(check.name.size() + std::string(separator).size());
  return sentence;
}

std::string sentence_beside_numbers(const Check& check) {
  std::string sentence = sentence_beside_name(check);
  if (!check.effect || (!check.effect->lower && !check.effect->upper)) return sentence;
  const std::size_t bounds = sentence.find(" % bounds ");
  if (bounds == std::string::npos) return sentence;
  const std::size_t open = sentence.rfind(" (", bounds), close = sentence.find(')', bounds);
  if (open == std::string::npos || close == std::string::npos) return sentence;
  return sentence.erase(open, close + 1 - open);
}

std::string subject_text(const Subject& subject) {
  const std::string version = subject.version.empty() ? "(no version)" : subject.version;
  return subject.name.empty() ? version : subject.name + " " + version;
}

std::string identity_text(const Subject& subject) {
  constexpr std::size_t commit_digits = 8, digest_digits = 7 + 12;
  std::string text;
  if (!subject.commit.empty())
    text = "commit " + subject.commit.substr(0, commit_digits) + (subject.modified ? " and changes" : "");
  if (!subject.digest.empty())
    text += (text.empty() ? "" : ", ") + subject.digest.substr(0, digest_digits) +
            (subject.digest.size() > digest_digits ? "…" : "");
  return text;
}

bool is_like_a_test(const Check& check) {
  return check.slice.empty() && !check.baseline && !check.candidate && !check.effect && !check.margin &&
         !check.limit && check.method.empty();
}

std::set<std::string> gates_of_tests(const std::vector<Check>& checks) {
  std::set<std::string> counting, maybe, others;
  for (const Check& check : checks) {
    if (check.n.contains("judged")) counting.insert(check.gate);
    const bool called_like_one = check.name.find('.') != std::string::npos;
    (is_like_a_test(check) && called_like_one ? maybe : others).insert(check.gate);
  }
  for (const std::string& gate : others) maybe.erase(gate);
  counting.merge(maybe);
  return counting;
}

std::vector<std::string> all_warnings(const Verdict& verdict) {
  std::vector<std::string> texts = verdict.warnings;
  std::vector<std::pair<std::string, std::vector<const Check*>>> of_checks;
  std::map<std::string, std::size_t> places;
  for (const Check& check : verdict.checks)
    for (const std::string& warning : check.warnings) {
      const auto [place, is_new] = places.emplace(warning, of_checks.size());
      if (is_new) of_checks.push_back({warning, {}});
      of_checks[place->second].second.push_back(&check);
    }
  for (const auto& [warning, about] : of_checks) {
    std::string text = name_with_slice(*about.front());
    if (about.size() > 1) text += " and " + counted(about.size() - 1, "more check", "more checks");
    texts.push_back(text + ": " + warning);
  }
  std::stable_partition(texts.begin(), texts.end(),
                        [](const std::string& text) { return !is_of_measuring(text); });
  return texts;
}

bool is_of_measuring(const std::string& warning) {
  for (const std::string role : {"baseline and candidate: ", "baseline: ", "candidate: "}) {
    const std::size_t at = warning.find(role);
    if (at == 0 ||
        (at != std::string::npos && warning.compare(at - std::min<std::size_t>(at, 2), 2, ": ") == 0))
      return true;
  }
  return false;
}

}  // namespace modelgate
