#include "runners/selftest/answer_rows.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "runners/selftest/slice_value.h"
#include "schemas/formats/mapped_file.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_slice = 100;  // in bytes

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// A number for a row that has nothing to do with its place in the file, the same everywhere (SplitMix64).
std::uint64_t scattered(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

/// The entry of a label among the scores by class; an array's classes are called "0", "1", ….
Json* score_of(Json& scores, const std::string& label) {
  if (scores.is_object()) {
    const auto found = scores.find(label);
    return found == scores.end() ? nullptr : &*found;
  }
  for (std::size_t i = 0; scores.is_array() && i < scores.size(); ++i)
    if (std::to_string(i) == label) return &scores[i];
  return nullptr;
}

/// The class with the highest score; empty if there is none.
std::string highest_class(const Json& scores) {
  std::string best;
  double highest = -std::numeric_limits<double>::infinity();
  std::size_t place = 0;
  for (const auto& [key, value] : scores.items()) {
    const std::string name = scores.is_array() ? std::to_string(place++) : key;
    if (value.is_number() && value.get<double>() > highest) highest = value.get<double>(), best = name;
  }
  return best;
}

void swap_scores(Json& scores, const std::string& a, const std::string& b) {
  Json* first = score_of(scores, a);
  Json* second = score_of(scores, b);
  if (first != nullptr && second != nullptr) std::swap(*first, *second);
}

}  // namespace

struct AnswerRows::Row {
  std::string line;
  std::string label;  // as text
  bool judged = false, right = false, only_score = false;
  std::map<std::string, std::string> slices;
  std::map<std::string, std::string> fields;  // others, of short values: a slice may be by one of them
};

AnswerRows::~AnswerRows() = default;
AnswerRows::AnswerRows(AnswerRows&&) noexcept = default;

std::string AnswerRows::name(const std::string& field) const {
  const auto found = names_.find(field);
  return found == names_.end() ? field : found->second;
}

AnswerRows::AnswerRows(const std::filesystem::path& file, const std::map<std::string, std::string>& names)
    : names_(names) {
  const MappedFile mapped(file);
  const std::string_view all = mapped.text();
  std::map<std::string, std::string> labels;  // text, as JSON
  lowest_score_ = std::numeric_limits<double>::infinity();
  highest_score_ = -lowest_score_;
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    const std::string_view line = all.substr(begin, end - begin);
    begin = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object())
      throw usage_error(file.string() + ":" + std::to_string(rows_.size() + 1), "is no JSON object");
    Row row;
    row.line = line;
    const auto label = json.find(name("label"));
    const auto prediction = json.find(name("prediction"));
    const auto score = json.find(name("score"));
    const auto scores = json.find(name("scores"));
    if (const auto slices = json.find(name("slices")); slices != json.end() && slices->is_object())
      for (const auto& [field, value] : slices->items()) row.slices[field] = text_of(value);
    for (const auto& [field, value] : json.items())
      if (value.is_primitive() && value.dump().size() <= longest_slice) row.fields[field] = text_of(value);
    row.judged = label != json.end() && !json.contains(name("error"));
    if (row.judged) {
      row.label = text_of(*label);
      labels[row.label] = label->dump();
      row.only_score = prediction == json.end() && scores == json.end();
      row.right = row.only_score ||
                  (prediction != json.end() ? text_of(*prediction) : highest_class(*scores)) == row.label;
    }
    if (score != json.end() && score->is_number()) {
      lowest_score_ = std::min(lowest_score_, score->get<double>());
      highest_score_ = std::max(highest_score_, score->get<double>());
    }
    rows_.push_back(std::move(row));
  }
  labels_.assign(labels.begin(), labels.end());
}

std::size_t AnswerRows::size() const { return rows_.size(); }
std::string_view AnswerRows::line(std::size_t row) const { return rows_[row].line; }

std::vector<std::pair<std::string, std::string>> AnswerRows::slices() const {
  std::set<std::pair<std::string, std::string>> all;
  for (const Row& row : rows_) all.insert(row.slices.begin(), row.slices.end());
  return {all.begin(), all.end()};
}

bool AnswerRows::is_in(const Row& row, const std::map<std::string, std::string>& slice) const {
  return std::all_of(slice.begin(), slice.end(), [&](const auto& entry) {
    const auto& from = row.slices.contains(entry.first) ? row.slices : row.fields;
    const auto found = from.find(entry.first);
    return found != from.end() && is_of_slice(found->second, entry.second);
  });
}

AnswerRows::Part AnswerRows::part(const std::map<std::string, std::string>& slice) const {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].judged && is_in(rows_[i], slice)) rows.push_back(i);
  return part_of(rows);
}

AnswerRows::Part AnswerRows::rest(const std::vector<std::map<std::string, std::string>>& slices) const {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].judged &&
        std::none_of(slices.begin(), slices.end(), [&](const auto& slice) { return is_in(rows_[i], slice); }))
      rows.push_back(i);
  return part_of(rows);
}

AnswerRows::Part AnswerRows::part_of(const std::vector<std::size_t>& chosen) const {
  Part part;
  std::map<std::string, std::vector<std::size_t>> by_label;
  for (const std::size_t i : chosen) {
    if (rows_[i].right)
      by_label[rows_[i].label].push_back(i);
    else
      part.wrong.push_back(i);
  }
  std::vector<std::pair<double, std::size_t>> places;
  for (auto& [label, rows] : by_label) {
    std::sort(rows.begin(), rows.end(), [](auto a, auto b) { return scattered(a) < scattered(b); });
    for (std::size_t k = 0; k < rows.size(); ++k)
      places.emplace_back((static_cast<double>(k) + 0.5) / static_cast<double>(rows.size()), rows[k]);
  }
  std::sort(places.begin(), places.end());
  for (const auto& [place, row] : places) part.right.push_back(row);
  return part;
}

std::string AnswerRows::changed(std::size_t i, Answer answer) const {
  const Row& row = rows_[i];
  Json json = Json::parse(row.line);
  const auto own =
      std::lower_bound(labels_.begin(), labels_.end(), row.label,
                       [](const auto& label, const std::string& text) { return label.first < text; });
  Json other = "not " + row.label;
  if (labels_.size() > 1) {
    // Another label, each of the others equally often.
    const std::size_t steps = 1 + scattered(i) % (labels_.size() - 1);
    const auto place = static_cast<std::size_t>(own - labels_.begin());
    other = Json::parse(labels_[(place + steps) % labels_.size()].second);
  }
  const bool wrong = answer == Answer::wrong;
  if (const auto found = json.find(name("prediction")); found != json.end())
    *found = wrong ? other : Json::parse(own->second);
  if (const auto found = json.find(name("scores")); found != json.end())
    swap_scores(*found, row.label, wrong ? text_of(other) : highest_class(*found));
  if (const auto found = json.find(name("score")); wrong && found != json.end() && found->is_number())
    *found = lowest_score_ + highest_score_ - found->get<double>();
  return json.dump();
}

std::string AnswerRows::text(const std::vector<Answer>& answers) const {
  std::string all;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    all += answers[i] == Answer::as_it_is ? rows_[i].line : changed(i, answers[i]);
    all += '\n';
  }
  return all;
}

}  // namespace modelgate
