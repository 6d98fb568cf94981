// The built-in detectors: average power, and the greatest sample.
#include <algorithm>
#include <cmath>

#include "meter/detector.h"

namespace meter {
namespace {

// The meter's needle: quick to rise, slow to fall.
constexpr double kAttackMs = 120.0;
constexpr double kReleaseMs = 300.0;

// What changes slower than this is no sound but an offset of the converter.
constexpr double kOffsetMs = 200.0;

double follow(double time_constant_ms, int sample_rate_hz) {
  return 1.0 - std::exp(-1000.0 / (time_constant_ms * sample_rate_hz));
}

class PowerDetector final : public Detector {
 public:
  explicit PowerDetector(int sample_rate_hz)
      : attack_(follow(kAttackMs, sample_rate_hz)),
        release_(follow(kReleaseMs, sample_rate_hz)),
        offset_follow_(follow(kOffsetMs, sample_rate_hz)) {}

  double update(std::span<const int16_t> samples) override {
    double power = 0.0;
    for (const int16_t sample : samples) {
      offset_ += offset_follow_ * (sample - offset_);
      const double sound = sample - offset_;
      power += sound * sound;
    }
    power /= static_cast<double>(samples.size());
    const double once = power > power_ ? attack_ : release_;
    power_ += (1.0 - std::pow(1.0 - once, samples.size())) * (power - power_);
    return std::sqrt(power_);
  }

 private:
  const double attack_;
  const double release_;
  const double offset_follow_;
  double offset_ = 0.0;
  double power_ = 0.0;
};

class PeakDetector final : public Detector {
 public:
  double update(std::span<const int16_t> samples) override {
    double peak = 0.0;
    for (const int16_t sample : samples) {
      peak = std::max(peak, std::abs(static_cast<double>(sample)));
    }
    return peak;
  }
};

const Registration kPower("power", [](int sample_rate_hz) {
  return std::unique_ptr<Detector>(new PowerDetector(sample_rate_hz));
});

const Registration kPeak("peak", [](int) {
  return std::unique_ptr<Detector>(new PeakDetector());
});

}  // namespace

const char* default_detector() {
  return "power";
}

}  // namespace meter
