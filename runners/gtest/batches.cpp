#include "runners/gtest/batches.h"

#include <algorithm>

namespace modelgate {
namespace {

void append_pattern(std::string& filter, std::string_view name, std::string_view more = "") {
  if (!filter.empty()) filter += ':';
  for (const char c : name) filter += c == ':' || c == '-' || c == '*' ? '?' : c;
  filter += more;
}

}  // namespace

Batches::Batches(const TestList& list, const Tests& runnable, bool complete)
    : list_(list), complete_(complete) {
  for (const std::size_t test : runnable) ++suite_sizes_[list[test].suite];
}

std::vector<Batches::Part> Batches::parts_of(const Tests& tests) const {
  std::vector<Part> parts;
  for (std::size_t begin = 0, end = 0; begin < tests.size(); begin = end) {
    const std::string& suite = list_[tests[begin]].suite;
    std::size_t bytes = 0;
    for (; end < tests.size() && list_[tests[end]].suite == suite; ++end)
      bytes += list_[tests[end]].name.size() + 1;
    const auto size = suite_sizes_.find(suite);
    const bool whole = complete_ && size != suite_sizes_.end() && size->second == end - begin;
    parts.push_back({begin, end, whole, whole ? suite.size() + 3 : bytes});
  }
  return parts;
}

std::vector<Batches::Tests> Batches::divide(const Tests& tests, std::size_t shards) const {
  const std::size_t share = (tests.size() + shards - 1) / std::max<std::size_t>(shards, 1);
  std::vector<Tests> shares(shards);
  for (const Part& part : parts_of(tests)) {
    const std::size_t size = part.end - part.begin, name_bytes = list_[tests[part.begin]].name.size() + 1;
    const bool keep = size <= share || share * name_bytes > longest_cheap_filter;
    // A suite that is kept goes where its middle lies.
    for (std::size_t i = part.begin; i < part.end; ++i)
      shares[(keep ? (part.begin + part.end - 1) / 2 : i) / share].push_back(tests[i]);
  }
  std::vector<Tests> batches;
  for (const Tests& one : shares)
    for (Tests& batch : divide_by_filter(one)) batches.push_back(std::move(batch));
  return batches;
}

std::vector<Batches::Tests> Batches::divide_by_filter(const Tests& tests) const {
  std::vector<Tests> batches;
  std::size_t bytes = 0;
  const auto place_for = [&](std::size_t more) -> Tests& {
    if (batches.empty() || bytes + more > longest_filter) {
      batches.emplace_back();
      bytes = 0;
    }
    bytes += more;
    return batches.back();
  };
  for (const Part& part : parts_of(tests)) {
    if (part.whole) {
      Tests& batch = place_for(part.filter_bytes);
      batch.insert(batch.end(), tests.begin() + static_cast<std::ptrdiff_t>(part.begin),
                   tests.begin() + static_cast<std::ptrdiff_t>(part.end));
      continue;
    }
    for (std::size_t i = part.begin; i < part.end; ++i)
      place_for(list_[tests[i]].name.size() + 1).push_back(tests[i]);
  }
  return batches;
}

std::string Batches::filter_of(const Tests& tests) const {
  std::string filter;
  for (const Part& part : parts_of(tests)) {
    if (part.whole) {
      append_pattern(filter, list_[tests[part.begin]].suite, ".*");
      continue;
    }
    for (std::size_t i = part.begin; i < part.end; ++i) append_pattern(filter, list_[tests[i]].name);
  }
  return filter;
}

}  // namespace modelgate
