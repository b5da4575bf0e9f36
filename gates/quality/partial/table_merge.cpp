#include "gates/quality/partial/table_merge.h"

#include "schemas/rows/row_key.h"

namespace modelgate {
namespace {

std::uint64_t same(std::uint64_t key) { return key; }

}  // namespace

void TableMerge::add_keys(const RowTable& more) {
  const std::size_t before = table_.size();
  const KeyColumn& ids = more.ids.empty() ? more.keys : more.ids;
  if (!more.ids.empty() && table_.ids.empty()) table_.ids = table_.keys;
  const bool has_samples = !table_.ids.empty() || !more.ids.empty();
  if (!more.clusters.empty() && table_.clusters.empty())
    for (std::size_t i = 0; i < before; ++i) table_.clusters.push_back(own_cluster(table_.id(i)));
  if (!more.clusters.empty())
    table_.clusters.append(more.clusters, same);
  else if (!table_.clusters.empty())
    table_.clusters.append(ids, own_cluster);
  if (has_samples) table_.ids.append(ids, same);
  table_.keys.append(more.keys, same);
}

void TableMerge::add_words(std::size_t column, const WordColumn& more) {
  WordColumn& all = table_.words[column];
  std::vector<std::uint32_t> translated = {0};
  for (const std::string& word : more.words) {
    const auto next = static_cast<std::uint32_t>(all.words.size() + 1);
    const auto [known, is_new] = numbers_[column].emplace(word, next);
    if (is_new) all.words.push_back(word);
    translated.push_back(known->second);
  }
  all.numbers.append(more.numbers, [&](std::uint32_t number) { return translated[number]; });
}

void TableMerge::add(RowTable more) {
  const std::size_t before = table_.size(), rows = more.size();
  if (is_empty_) {
    table_.name = more.name;
    table_.words.resize(more.words.size());
    table_.numbers.resize(more.numbers.size());
    table_.texts.resize(more.texts.size());
    table_.digests.resize(more.digests.size());
    numbers_.resize(more.words.size());
    is_empty_ = false;
  }
  for (FailedRow& failed : more.failed)
    table_.failed.push_back({before + failed.row, std::move(failed.reason)});
  for (std::size_t c = 0; c < table_.words.size(); ++c) add_words(c, more.words[c]);
  for (std::size_t c = 0; c < table_.numbers.size(); ++c) {
    Column<double>&all = table_.numbers[c].values, &values = more.numbers[c].values;
    if (all.empty() && values.empty()) continue;
    all.resize(before, NumberColumn::none);
    all.insert(all.end(), values.begin(), values.end());
    all.resize(before + rows, NumberColumn::none);
  }
  for (std::size_t c = 0; c < table_.texts.size(); ++c) {
    TextColumn &all = table_.texts[c], &texts = more.texts[c];
    const std::uint64_t begin = all.all.size();
    all.all += texts.all;
    for (const std::uint64_t own : texts.begins) all.begins.push_back(begin + own);
    all.sizes.insert(all.sizes.end(), texts.sizes.begin(), texts.sizes.end());
  }
  for (std::size_t c = 0; c < table_.digests.size(); ++c) {
    DigestColumn &all = table_.digests[c], &digests = more.digests[c];
    if (all.empty() && digests.empty()) continue;
    all.resize(before, 0);
    all.insert(all.end(), digests.begin(), digests.end());
    all.resize(before + rows, 0);
  }
  add_keys(more);
}

RowTable TableMerge::table() && { return std::move(table_); }

}  // namespace modelgate
