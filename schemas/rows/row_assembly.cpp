#include "schemas/rows/row_assembly.h"

#include "schemas/rows/row_key.h"

namespace modelgate {
namespace {

template <typename T>
void append(Column<T>& all, const Column<T>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

std::uint64_t same(std::uint64_t key) { return key; }

}  // namespace

RowAssembly::RowAssembly(std::string name, const RowRequest& request) : numberings_(request.words.size()) {
  table_.name = std::move(name);
  table_.words.resize(request.words.size());
  table_.numbers.resize(request.numbers.size());
  table_.texts.resize(request.texts.size());
  table_.digests.resize(request.digests.size());
}

void RowAssembly::expect(std::size_t rows) {
  table_.keys.reserve(rows);
  for (WordColumn& column : table_.words) column.numbers.reserve(rows);
  expected_ = rows;
}

void RowAssembly::add_keys(RowBlock& block, std::size_t before) {
  if (block.has_samples_ && !has_samples_) {
    table_.ids = table_.keys;
    has_samples_ = true;
  }
  if (block.has_clusters_ && !has_clusters_) {
    const KeyColumn& ids = has_samples_ ? table_.ids : table_.keys;
    for (std::size_t i = 0; i < before; ++i) table_.clusters.push_back(own_cluster(ids[i]));
    has_clusters_ = true;
  }
  const Column<std::uint64_t>& ids = block.has_samples_ ? block.ids_ : block.keys_;
  if (has_samples_) table_.ids.append(ids, same);
  if (has_clusters_ && block.has_clusters_)
    table_.clusters.append(block.clusters_, same);
  else if (has_clusters_)
    table_.clusters.append(ids, own_cluster);
  table_.keys.append(block.keys_, same);
}

void RowAssembly::add(RowBlock& block) {
  const std::size_t before = rows(), more = block.rows();
  add_keys(block, before);
  for (FailedRow& failed : block.failed_) {
    if (table_.failed.size() >= RowBlock::kept_reasons) failed.reason.clear();
    table_.failed.push_back({before + failed.row, std::move(failed.reason)});
  }
  for (std::size_t c = 0; c < table_.words.size(); ++c) {
    const RowBlock::Words& words = block.words_[c];
    std::vector<std::uint32_t> numbers(words.numbering.size() + 1);
    for (std::size_t w = 0; w < words.numbering.size(); ++w)
      numbers[w + 1] = static_cast<std::uint32_t>(numberings_[c].number(words.numbering.at(w)) + 1);
    table_.words[c].numbers.append(
        words.codes, [&](std::int32_t code) { return numbers[static_cast<std::size_t>(code + 1)]; });
    table_.words[c].numbers.fill_up(before + more, 0);
  }
  for (std::size_t c = 0; c < table_.numbers.size(); ++c) {
    const Column<double>& values = block.numbers_[c].values;
    Column<double>& all = table_.numbers[c].values;
    if (values.empty() && all.empty()) continue;
    if (all.capacity() == 0) all.reserve(expected_);
    all.resize(before, NumberColumn::none);
    append(all, values);
    all.resize(before + more, NumberColumn::none);
  }
  for (std::size_t c = 0; c < table_.digests.size(); ++c) {
    DigestColumn& all = table_.digests[c];
    if (block.digests_[c].empty() && all.empty()) continue;
    if (all.capacity() == 0) all.reserve(expected_);
    all.resize(before, 0);
    append(all, block.digests_[c]);
    all.resize(before + more, 0);
  }
  for (std::size_t c = 0; c < table_.texts.size(); ++c) {
    TextColumn& all = table_.texts[c];
    const TextColumn& texts = block.texts_[c];
    const std::uint64_t begin = all.all.size();
    all.all.append(texts.all);
    for (std::size_t i = 0; i < texts.sizes.size(); ++i) all.begins.push_back(begin + texts.begins[i]);
    append(all.sizes, texts.sizes);
    all.begins.resize(before + more, 0);
    all.sizes.resize(before + more, TextColumn::none);
  }
}

RowTable RowAssembly::table() && {
  for (std::size_t c = 0; c < table_.words.size(); ++c)
    for (std::size_t w = 0; w < numberings_[c].size(); ++w)
      table_.words[c].words.push_back(numberings_[c].at(w));
  return std::move(table_);
}

}  // namespace modelgate
