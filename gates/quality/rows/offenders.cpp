#include "gates/quality/rows/offenders.h"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/rows/read_rows.h"
#include "schemas/rows/redaction.h"

namespace modelgate {

void Offenders::add(std::uint32_t row, std::uint32_t other) {
  constexpr std::size_t shown = 3;
  ++count_;
  if (examples_.size() == shown && examples_.back().row < row) return;
  const auto behind = std::find_if(examples_.begin(), examples_.end(),
                                   [&](const Example& example) { return example.row > row; });
  examples_.insert(behind, {row, other});
  if (examples_.size() > shown) examples_.pop_back();
}

void Offenders::merge(const Offenders& other) {
  for (const Example& example : other.examples_) add(example.row, example.other);
  count_ += other.count_ - static_cast<std::int64_t>(other.examples_.size());
}

std::string Offenders::rows(const std::string& whose) const {
  return fmt::format("{} row{}{}", count_, count_ == 1 ? "" : "s", whose.empty() ? "" : " of the " + whose);
}

void Offenders::tell(std::vector<DataProblem>& problems, const std::string& name, const std::string& reason,
                     const std::string& sentence, const std::string& needs,
                     const std::function<std::string(std::size_t example)>& describe) const {
  if (count_ == 0) return;
  std::string examples;
  for (std::size_t i = 0; i < examples_.size(); ++i) examples += (i == 0 ? "" : "; ") + describe(i);
  if (count_ > static_cast<std::int64_t>(examples_.size())) examples += "; …";
  problems.push_back({name, reason, sentence + ": " + examples, needs});
}

std::vector<PlaceText> place_texts(const AnswerFile& file, const std::vector<std::size_t>& rows) {
  std::vector<PlaceText> texts;
  for (const RowPlace& place :
       file.find_places ? file.find_places(rows) : places_of(file.path, file.request, rows))
    texts.push_back({place.place, shown(file.request, "id", place.id)});
  return texts;
}

}  // namespace modelgate
