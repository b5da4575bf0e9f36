#pragma once

namespace modelgate {

/// Time and chance, as far as trying again needs them; an interface, so that tests wait for nothing.
class Waiting {
 public:
  virtual ~Waiting() = default;
  virtual double now() = 0;               ///< Seconds on a clock that never jumps.
  virtual double utc() = 0;               ///< Seconds since 1970.
  virtual double chance() = 0;            ///< In [0, 1), another each time.
  virtual void wait(double seconds) = 0;  ///< Comes back after so long.
};

/// The machine's clocks, real sleep and real chance.
class RealWaiting : public Waiting {
 public:
  double now() override;
  double utc() override;
  double chance() override;
  void wait(double seconds) override;
};

}  // namespace modelgate
