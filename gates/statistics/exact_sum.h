#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace modelgate {

/// The sum of any doubles, without error until it is read: the same bits in whatever order they are added,
/// and in however many parts that are merged.
class ExactSum {
 public:
  /// 67 digits of 32 bits, and what was not finite: enough to write a sum down and to go on from there.
  using State = std::array<std::int64_t, 68>;

  void add(double value);
  void add(std::span<const double> values);
  void subtract(double value) { add(-value); }
  /// Adds the exact product: no digit of it is lost, unless it leaves the range of doubles: an infinite
  /// product makes the sum infinite, what lies below 2^−1074 is rounded.
  void add_product(double a, double b);
  void merge(const ExactSum& other);

  /// The double nearest to the exact sum (to even where two are), infinite beyond the largest. As in
  /// arithmetic, a NaN or infinities of both signs among the values give NaN, infinities of one sign that
  /// one.
  double total() const;
  /// No value was infinite or NaN.
  bool finite() const { return special_ == 0; }

  /// Equal sums have equal states.
  State state() const;
  /// Throws std::invalid_argument for what state() does not give.
  static ExactSum from(const State& state);

 private:
  static constexpr int chunks = 67;
  // A value adds less than 2^52 to a chunk; so many fit before it could overflow.
  static constexpr int most_pending = 2046;

  void note_special(double value);
  void carry();

  std::array<std::int64_t, chunks> chunk_{};
  int room_ = most_pending;
  std::int64_t special_ = 0;
};

}  // namespace modelgate
