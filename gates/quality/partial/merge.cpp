#include "gates/quality/partial/merge.h"

#include <fmt/format.h>

#include <algorithm>

#include "gates/quality/partial/table_bytes.h"
#include "gates/quality/partial/table_merge.h"
#include "schemas/documents/manifest.h"
#include "schemas/rows/row_key.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"
#include "schemas/tool/tool.h"

namespace modelgate {
namespace {

/// A file and what its head says.
struct PartFile {
  std::string path;
  PartialHead head;
};

std::string words_for(const std::pair<std::string, std::string>& option) {
  return "--" + option.first + (option.second.empty() ? "" : " '" + beginning(option.second) + "'");
}

/// The first option in which two lists differ.
void check_options(const PartFile& file, const GivenOptions& options) {
  const GivenOptions& its = file.head.options;
  if (its == options) return;
  const auto differ = std::mismatch(its.begin(), its.end(), options.begin(), options.end());
  std::string what = "was written ";
  what += differ.first == its.end()
              ? "without " + words_for(*differ.second)
              : "with " + words_for(*differ.first) +
                    (differ.second == options.end() ? "" : ", not " + words_for(*differ.second));
  throw usage_error(file.path, what, "Merge with the options under which the parts were written.");
}

void check_part(const PartFile& file, const PartFile& first, bool first_release) {
  const PartialHead &its = file.head, &other = first.head;
  const auto refuse = [&](const std::string& what) { throw usage_error(file.path, what); };
  if (its.gate_version != product_version())
    refuse("was written by version " + beginning(its.gate_version) + ", and this is " + product_version());
  if (its.has_baseline == first_release)
    refuse(first_release ? "has a baseline, and --first-release is given" : "has no baseline");
  if (its.number.parts != other.number.parts)
    refuse(fmt::format("is a part of {}, and {} is one of {}", its.number.parts, first.path,
                       other.number.parts));
  if (!(its.verdict.candidate == other.verdict.candidate && its.verdict.baseline == other.verdict.baseline))
    refuse("was measured of other subjects than " + first.path);
}

/// "part 3", "parts 3, 5 and 6"
std::string parts_in_words(const std::vector<std::string>& parts) {
  return (parts.size() == 1 ? "part " : "parts ") + listing(parts);
}

/// All heads, by the number of the part.
std::vector<PartFile> read_heads(const std::vector<std::string>& files, const GivenOptions& options,
                                 bool first_release) {
  std::vector<PartFile> parts;
  for (const std::string& path : files) {
    PackedReader reader(path);
    parts.push_back({path, read_head(reader)});
    check_part(parts.back(), parts.front(), first_release);
    check_options(parts.back(), options);
  }
  std::stable_sort(parts.begin(), parts.end(), [](const PartFile& a, const PartFile& b) {
    return a.head.number.part < b.head.number.part;
  });
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (parts[i].head.number == parts[i - 1].head.number)
      throw usage_error(
          parts[i].path,
          parts[i].path == parts[i - 1].path
              ? std::string("is named twice")
              : fmt::format("is part {}, as {} is", parts[i].head.number.part, parts[i - 1].path),
          "Each part is merged once; --part K/N says which one a partial state is.");
  std::vector<std::string> missing;
  const std::int64_t all = parts.front().head.number.parts;
  std::size_t next = 0;
  for (std::int64_t part = 1; part <= all && missing.size() <= 10; ++part)
    if (next < parts.size() && parts[next].head.number.part == part)
      ++next;
    else
      missing.push_back(missing.size() == 10 ? "more" : std::to_string(part));
  if (!missing.empty())
    throw usage_error(
        "--merge",
        fmt::format("{} of {} {} missing", parts_in_words(missing), all, missing.size() == 1 ? "is" : "are"),
        "Nothing is judged by a part of the test set.");
  return parts;
}

/// What all environments say alike.
void keep_common(std::map<std::string, std::string>& all, const std::map<std::string, std::string>& more) {
  std::erase_if(all, [&](const auto& entry) {
    const auto found = more.find(entry.first);
    return found == more.end() || found->second != entry.second;
  });
}

template <typename T>
void add_new(std::vector<T>& all, const std::vector<T>& more) {
  for (const T& one : more)
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

void take_verdicts(const std::vector<PartFile>& parts, Verdict& verdict) {
  const Verdict& first = parts.front().head.verdict;
  verdict.candidate = first.candidate;
  verdict.baseline = first.baseline;
  verdict.environment = first.environment;
  for (const PartFile& part : parts) {
    keep_common(verdict.environment, part.head.verdict.environment);
    add_new(verdict.warnings, part.head.verdict.warnings);
    for (Check check : part.head.verdict.checks) {
      check.gate = verdict.gate;
      add_new(verdict.checks, {check});
    }
  }
}

/// The key of each id.
KeyColumn read_ids(PackedReader& reader) {
  KeyColumn ids;
  read_places(reader, [&](const RowPlace& row) { ids.push_back(key_of_id(row.id)); });
  return ids;
}

/// Places of merged rows, by reading the files again.
std::vector<RowPlace> places_in(const std::vector<PartFile>& parts, Role role,
                                const std::vector<std::size_t>& rows) {
  std::vector<RowPlace> places(rows.size());
  std::size_t before = 0;
  for (const PartFile& part : parts) {
    PackedReader reader(part.path);
    const PartialHead head = read_head(reader);
    if (role == Role::candidate && head.has_baseline) read_places(reader, [](const RowPlace&) {});
    std::size_t row = before;
    before += read_places(reader, [&](const RowPlace& place) {
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i] == row) places[i] = place;
      ++row;
    });
  }
  return places;
}

AnswerFile answers(const std::vector<PartFile>& parts, Role role, const RowRequest& request, RowTable table) {
  AnswerFile file{parts.front().path, request, std::move(table)};
  file.find_places = [parts, role](const std::vector<std::size_t>& rows) {
    return places_in(parts, role, rows);
  };
  return file;
}

/// The test sets of parts as one: known if that of every part is.
class TestSets {
 public:
  void add(const std::string& digest) {
    all_ += digest + "\n";
    are_known_ = are_known_ && !digest.empty();
  }
  std::string digest() const { return are_known_ ? digest_of_bytes(all_) : ""; }

 private:
  std::string all_;
  bool are_known_ = true;
};

}  // namespace

Sides merged(const std::vector<std::string>& files, const GivenOptions& options, bool first_release,
             const SideRequests& requests, Verdict& verdict) {
  std::vector<PartFile> parts = read_heads(files, options, first_release);
  take_verdicts(parts, verdict);
  TableMerge baseline, candidate;
  TestSets baseline_set, candidate_set;
  for (PartFile& part : parts) {
    PackedReader reader(part.path);
    part.head = read_head(reader);
    KeyColumn baseline_ids = part.head.has_baseline ? read_ids(reader) : KeyColumn();
    KeyColumn candidate_ids = read_ids(reader);
    if (part.head.has_baseline) {
      baseline_set.add(std::string(reader.text()));
      baseline.add(read_columns(reader, requests.baseline, std::move(baseline_ids)));
    }
    candidate_set.add(std::string(reader.text()));
    candidate.add(read_columns(reader, requests.candidate, std::move(candidate_ids)));
    if (!reader.is_at_end()) reader.refuse("something follows its end");
  }
  Sides sides;
  if (!first_release) {
    sides.baseline = answers(parts, Role::baseline, requests.baseline, std::move(baseline).table());
    sides.baseline->test_set = baseline_set.digest();
  }
  sides.candidate = answers(parts, Role::candidate, requests.candidate, std::move(candidate).table());
  sides.candidate.test_set = candidate_set.digest();
  return sides;
}

}  // namespace modelgate
