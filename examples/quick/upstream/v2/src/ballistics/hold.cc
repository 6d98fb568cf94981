// Holds a peak for a while, then lets it fall.
#include "ballistics/hold.h"

#include <cmath>

namespace meter {
namespace {

// How long a peak stands still.
constexpr int kHoldMs = 1000;

// How fast it falls after that.
constexpr double kFallDbPerSecond = 20.0;

double fall_per_sample(int sample_rate_hz) {
  return std::pow(10.0, -kFallDbPerSecond / 20.0 / sample_rate_hz);
}

}  // namespace

PeakHold::PeakHold(int sample_rate_hz)
    : hold_samples_(sample_rate_hz / 1000 * kHoldMs),
      fall_per_sample_(fall_per_sample(sample_rate_hz)) {}

double PeakHold::update(double peak, int count) {
  if (peak >= held_) {
    held_ = peak;
    held_for_ = 0;
    return held_;
  }
  held_for_ += count;
  const bool falls = held_for_ > hold_samples_;
  if (falls) held_ *= std::pow(fall_per_sample_, count);
  return held_;
}

}  // namespace meter
