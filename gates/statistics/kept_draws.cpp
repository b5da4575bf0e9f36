#include "gates/statistics/kept_draws.h"

#include <algorithm>

#include "gates/statistics/bca.h"
#include "gates/statistics/parallel.h"
#include "gates/statistics/table_draw.h"

namespace modelgate {

std::shared_ptr<const KeptDraws::Draws> KeptDraws::of(std::span<const std::int64_t> multiplicity,
                                                      const BootstrapSettings& settings) {
  for (const Kept& kept : kept_)
    if (kept.resamples == settings.resamples && kept.seed == settings.seed &&
        std::ranges::equal(kept.multiplicity, multiplicity))
      return kept.draws;
  const std::size_t kinds = multiplicity.size(), resamples = static_cast<std::size_t>(settings.resamples);
  const std::size_t bytes = kinds * resamples * sizeof(std::uint32_t);
  if (kinds > most_bytes_ / sizeof(std::uint32_t) / resamples) return nullptr;
  for (; bytes_ + bytes > most_bytes_; kept_.pop_front())
    bytes_ -= kept_.front().draws->size() * sizeof(std::uint32_t);

  auto draws = std::make_shared<Draws>(kinds * resamples);
  const TableDraw table(multiplicity);
  in_parallel(settings.threads, resamples, [&](std::size_t first, std::size_t last) {
    std::vector<std::int64_t> counts(kinds);
    for (std::size_t r = first; r < last; ++r) {
      table.draw(RandomStream(settings.seed, r), counts);
      std::ranges::copy(counts, draws->begin() + static_cast<std::ptrdiff_t>(r * kinds));
    }
  });
  kept_.push_back({{multiplicity.begin(), multiplicity.end()}, settings.resamples, settings.seed, draws});
  bytes_ += bytes;
  return draws;
}

}  // namespace modelgate
