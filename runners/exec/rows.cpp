#include "runners/exec/rows.h"

#include <algorithm>

#include "runners/exec/row_json.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

/// Counts a kind of trouble and keeps its first examples.
class Trouble {
 public:
  explicit Trouble(std::string what) : what_(std::move(what)) {}
  void add(const RowFile::Line& line, const std::string& example) {
    if (++count_ <= 3)
      examples_ += (examples_.empty() ? "line " : "; line ") + std::to_string(line.number) + " " + example;
  }
  void tell(std::vector<std::string>& problems) const {
    if (count_ > 0)
      problems.push_back("output lines that " + what_ + ": " + std::to_string(count_) + " (" + examples_ +
                         (count_ > 3 ? "; …)" : ")"));
  }

 private:
  std::string what_;
  std::int64_t count_ = 0;
  std::string examples_;
};

/// A text that no other name has.
std::string key_of(const RowName& name) {
  return name.sample ? name.id + '\0' + std::to_string(*name.sample) : name.id;
}

constexpr std::size_t none = static_cast<std::size_t>(-1), not_asked = none - 1;

/// For each row of the input the answer's place in the output, or none, or that it was not asked.
std::vector<std::size_t> match(const InputRows& input, std::span<const std::size_t> asked_rows,
                               const RowFile& answers, std::vector<std::string>& problems) {
  std::vector<std::size_t> answer_of(input.lines().size(), not_asked);
  for (const std::size_t row : asked_rows) answer_of[row] = none;
  Trouble malformed("are no JSON objects with an 'id'"), unknown("name no row of the input"),
      repeated("answer a row again");
  for (std::size_t i = 0; i < answers.lines().size(); ++i) {
    const RowFile::Line& line = answers.lines()[i];
    const auto row = object_of(line.text);
    const auto name = row ? name_of_row(*row) : std::nullopt;
    if (!name) {
      malformed.add(line, shortened(line.text));
      continue;
    }
    const auto asked = input.find(*name);
    if (!asked || answer_of[*asked] == not_asked)
      unknown.add(line, "'" + shortened(name->text()) + "'");
    else if (answer_of[*asked] != none)
      repeated.add(line, "'" + shortened(name->text()) + "'");
    else
      answer_of[*asked] = i;
  }
  malformed.tell(problems);
  unknown.tell(problems);
  repeated.tell(problems);
  return answer_of;
}

}  // namespace

RowFile::RowFile(const std::filesystem::path& path) : path_(path), file_(path) {
  const std::string_view text = file_.text();
  std::int64_t number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) lines_.push_back({line, number});
    begin = end + 1;
  }
}

std::string RowName::text() const { return sample ? id + " (sample " + std::to_string(*sample) + ")" : id; }

InputRows::InputRows(const std::filesystem::path& path) : file_(path) {
  by_name_.reserve(lines().size());
  for (std::size_t i = 0; i < lines().size(); ++i) {
    const std::string where = path.string() + ":" + std::to_string(lines()[i].number);
    const auto row = object_of(lines()[i].text);
    if (!row) throw usage_error(where, "is not a JSON object: " + shortened(lines()[i].text));
    const auto name = name_of_row(*row);
    if (!name)
      throw usage_error(where,
                        row->contains("id") ? "has an 'id' or 'sample' of another type" : "has no 'id'",
                        "Every row needs an 'id', a text or a whole number; 'sample' is a whole number.");
    if (!by_name_.emplace(key_of(*name), i).second)
      throw usage_error(where, "repeats the id '" + shortened(name->text()) + "'",
                        "Number the repeats of a row by 'sample'.");
    if (const auto [entry, is_first] = only_row_of_id_.emplace(name->id, i); !is_first) entry->second = none;
  }
  if (lines().empty()) throw usage_error(path.string(), "has no rows");
}

std::optional<std::size_t> InputRows::find(const RowName& name) const {
  if (const auto found = by_name_.find(key_of(name)); found != by_name_.end()) return found->second;
  if (name.sample) return std::nullopt;
  const auto found = only_row_of_id_.find(name.id);
  return found == only_row_of_id_.end() || found->second == none ? std::nullopt
                                                                 : std::optional(found->second);
}

Answers write_records(const InputRows& input, std::span<const std::size_t> asked_rows,
                      const std::filesystem::path& answers, RowWriter& records) {
  Answers result;
  const RowFile output(answers);
  const std::vector<std::size_t> answer_of = match(input, asked_rows, output, result.problems);
  Trouble contradicting("contradict the input");
  for (const std::size_t i : asked_rows) {
    const Json asked = *object_of(input.lines()[i].text);
    Json row{{"id", asked["id"]}, {"error", "no answer"}};
    if (answer_of[i] == none) {
      ++result.missing;
      carry_over(asked, row);
    } else {
      const RowFile::Line& line = output.lines()[answer_of[i]];
      row = *object_of(line.text);
      if (const auto contradiction = carry_over(asked, row)) contradicting.add(line, *contradiction);
    }
    ++result.rows;
    if (row.contains("error") && !row["error"].is_null()) ++result.errors;
    records.add_line(row.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  contradicting.tell(result.problems);
  return result;
}

}  // namespace modelgate
