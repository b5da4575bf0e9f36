#include "gates/quality/slices/slice_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::size_t most_fields = 5, most_edges = 100;

/// A number that reads back as itself.
std::string exactly(double value) {
  char text[32];
  const auto [end, failure] = std::to_chars(text, text + sizeof text, value);
  return failure == std::errc() ? std::string(text, end) : fmt::format("{:g}", value);
}

class Reader {
 public:
  Reader(const std::string& text, const std::string& where) : text_(text), where_(where) {}

  Slicing read() {
    if (!is_printable(text_)) refuse("holds characters that cannot be printed", "");
    Slicing slicing;
    for (;;) {
      slicing.push_back(read_field());
      if (at_ == text_.size()) break;
      ++at_;  // the '*'
    }
    if (slicing.size() > most_fields)
      refuse(fmt::format("crosses more than {} fields", most_fields), "So fine slices hold hardly a row.");
    const std::vector<std::string> names = shown_names(slicing);
    if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end())
      refuse("names the field '" + *twice + "' twice", "A crossing is of different fields.");
    return slicing;
  }

 private:
  [[noreturn]] void refuse(const std::string& what, const std::string& hint) const {
    throw usage_error(where_, what, hint);
  }

  SliceField read_field() {
    SliceField field;
    for (; at_ < text_.size() && text_[at_] != '*' && text_[at_] != '['; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      field.name += text_[at_];
    }
    if (field.name.empty() || field.shown().empty())
      refuse("names no field", "Such as lang, lang*channel, or length[0,10,100].");
    if (at_ < text_.size() && text_[at_] == '[') read_edges(field);
    if (at_ < text_.size() && text_[at_] != '*')
      refuse("'" + beginning(text_.substr(at_)) + "' is not understood behind a field",
             "Fields are crossed by '*': lang*channel.");
    return field;
  }

  void read_edges(SliceField& field) {
    const std::string hint = "Bins are given by their edges, which rise: " + field.name + "[0,10,100].";
    const std::size_t end = text_.find(']', at_);
    if (end == std::string::npos) refuse("the bracket is not closed", hint);
    for (++at_;; ++at_) {
      const std::size_t stop = std::min(text_.find(',', at_), end);
      const std::string word = text_.substr(at_, stop - at_);
      double edge = 0;
      const auto [rest, failure] = std::from_chars(word.data(), word.data() + word.size(), edge);
      if (failure != std::errc() || rest != word.data() + word.size() || !std::isfinite(edge))
        refuse("'" + word + "' is no edge of a bin", hint);
      if (edge == 0) edge = 0;  // of the two zeros the one without a sign
      if (!field.edges.empty() && !(edge > field.edges.back()))
        refuse("the edges of the bins do not rise at " + word, hint);
      field.edges.push_back(edge);
      at_ = stop;
      if (stop == end) break;
    }
    ++at_;
    if (field.edges.size() > most_edges) refuse(fmt::format("has more than {} bins", most_edges), hint);
  }

  const std::string& text_;
  const std::string& where_;
  std::size_t at_ = 0;
};

}  // namespace

std::string SliceField::shown() const { return name.starts_with("slices.") ? name.substr(7) : name; }

std::vector<std::string> SliceField::bins() const {
  std::vector<std::string> names{"below " + exactly(edges.front())};
  for (std::size_t i = 1; i < edges.size(); ++i)
    names.push_back(exactly(edges[i - 1]) + " to below " + exactly(edges[i]));
  names.push_back(exactly(edges.back()) + " and above");
  return names;
}

std::size_t SliceField::bin_of(double number) const {
  return static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), number) - edges.begin());
}

Slicing parse_slicing(const std::string& text, const std::string& where) {
  return Reader(text, where).read();
}

std::vector<std::string> shown_names(const Slicing& slicing) {
  std::vector<std::string> names;
  for (const SliceField& field : slicing) names.push_back(field.shown());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace modelgate
