#include "schemas/rows/row_block.h"

#include "schemas/rows/row_key.h"

namespace modelgate {
RowBlock::RowBlock(std::size_t words, std::size_t numbers, std::size_t texts, std::size_t digests)
    : words_(words), numbers_(numbers), texts_(texts), digests_(digests) {}

void RowBlock::sample(std::int64_t number) { sample_ = number; }
void RowBlock::cluster(std::string_view text) { cluster_ = key_of_id(text); }

void RowBlock::error(std::string_view reason) {
  failed_.push_back({keys_.size(), failed_.size() < kept_reasons ? std::string(reason) : ""});
}

void RowBlock::text(std::size_t column, std::string_view value) {
  TextColumn& texts = texts_[column];
  texts.begins.resize(keys_.size(), 0);
  texts.sizes.resize(keys_.size(), TextColumn::none);
  texts.begins.push_back(texts.all.size());
  texts.sizes.push_back(static_cast<std::uint32_t>(value.size()));
  texts.all.append(value);
}

bool RowBlock::end_grouped_row() {
  if (sample_ && !has_samples_) {
    ids_ = keys_;
    has_samples_ = true;
  }
  if (has_samples_) ids_.push_back(id_);
  if (cluster_ && !has_clusters_) {
    const Column<std::uint64_t>& ids = has_samples_ ? ids_ : keys_;
    for (std::size_t i = 0; i < keys_.size(); ++i) clusters_.push_back(own_cluster(ids[i]));
    has_clusters_ = true;
  }
  if (has_clusters_) clusters_.push_back(cluster_ ? *cluster_ : own_cluster(id_));
  keys_.push_back(sample_ ? key_of_sample(id_, *sample_) : id_);
  return true;
}

std::string RowBlock::word_of(std::size_t column, std::size_t row) const {
  const Words& words = words_[column];
  if (row >= words.codes.size() || words.codes[row] == WordColumn::none) return "";
  return words.numbering.at(static_cast<std::size_t>(words.codes[row]));
}

void RowBlock::clear() {
  // A few words stay known; of many each block would have to be asked for all.
  constexpr std::size_t few_words = 1000;
  for (Column<std::uint64_t>* keys : {&keys_, &ids_, &clusters_}) keys->clear();
  failed_.clear();
  row_lines_.clear();
  for (Words& words : words_) {
    words.codes.clear();
    if (words.numbering.size() > few_words) words.numbering = WordNumbering();
  }
  for (NumberColumn& numbers : numbers_) numbers.values.clear();
  for (TextColumn& texts : texts_) {
    texts.all.clear();
    texts.begins.clear();
    texts.sizes.clear();
  }
  for (DigestColumn& digests : digests_) digests.clear();
  has_samples_ = has_clusters_ = false;
  lines = 0;
  problem.reset();
}

void RowBlock::drop_row() {
  const std::size_t rows = keys_.size();
  for (Words& words : words_)
    if (words.codes.size() > rows) words.codes.resize(rows);
  for (NumberColumn& numbers : numbers_)
    if (numbers.values.size() > rows) numbers.values.resize(rows);
  for (DigestColumn& digests : digests_)
    if (digests.size() > rows) digests.resize(rows);
  for (TextColumn& texts : texts_)
    if (texts.sizes.size() > rows) {
      texts.all.resize(texts.begins.back());
      texts.begins.resize(rows);
      texts.sizes.resize(rows);
    }
  while (!failed_.empty() && failed_.back().row >= rows) failed_.pop_back();
}

bool give_text(const RowField& field, std::string_view text, RowBlock& block) {
  switch (field.role) {
    case FieldRole::id:
      if (text.empty()) return false;
      block.id(text);
      return true;
    case FieldRole::cluster:
      block.cluster(text);
      return true;
    case FieldRole::error:
      block.error(text);
      return true;
    case FieldRole::word:
      block.word(field.column, text);
      return true;
    case FieldRole::text:
      block.text(field.column, text);
      return true;
    case FieldRole::digest:
      block.digest(field.column, text);
      return true;
    case FieldRole::sample:
    case FieldRole::number:
      break;
  }
  return false;
}

}  // namespace modelgate
