#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace modelgate {

/// Numbers keys 0, 1, 2 … in the order in which they come; equal keys have equal numbers. A key that refers
/// to text must not outlive it.
template <typename Key, typename Hash = std::hash<Key>>
class DenseNumbers {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  /// Room for so many keys; it grows when there are more.
  explicit DenseNumbers(std::size_t expected) : places_(places_for(expected)) {}

  std::uint32_t number(const Key& key) {
    Place& place = find(key);
    if (place.number != none) return place.number;
    place = {key, count_++};
    const std::uint32_t result = place.number;
    if (std::size_t{count_} * 2 > places_.size()) grow();
    return result;
  }

  /// The number that the key has already, or `none`.
  std::uint32_t known(const Key& key) const { return places_[place_of(key)].number; }

  std::uint32_t size() const { return count_; }

  void clear() {
    places_.assign(places_.size(), Place{});
    count_ = 0;
  }

 private:
  struct Place {
    Key key{};
    std::uint32_t number = none;
  };

  static std::size_t places_for(std::size_t expected) {
    std::size_t result = 16;
    while (result < expected * 2 + 2) result *= 2;
    return result;
  }

  std::size_t place_of(const Key& key) const {
    std::size_t at = Hash{}(key) & (places_.size() - 1);
    while (places_[at].number != none && !(places_[at].key == key)) at = (at + 1) & (places_.size() - 1);
    return at;
  }
  Place& find(const Key& key) { return places_[place_of(key)]; }

  void grow() {
    std::vector<Place> old(places_.size() * 2);
    old.swap(places_);
    for (const Place& place : old) {
      if (place.number != none) find(place.key) = place;
    }
  }

  std::vector<Place> places_;
  std::uint32_t count_ = 0;
};

/// Spreads whole numbers over all bits (the finalizer of splitmix64, Steele et al. 2014).
struct SpreadHash {
  std::size_t operator()(std::uint64_t key) const {
    key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9u;
    key = (key ^ (key >> 27)) * 0x94D049BB133111EBu;
    return static_cast<std::size_t>(key ^ (key >> 31));
  }
};

}  // namespace modelgate
