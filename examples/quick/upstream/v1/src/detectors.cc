// The built-in detectors: average power, and the greatest sample.
#include <cmath>

#include "meter/detector.h"

namespace meter {
namespace {

// The meter's needle: how fast it follows the signal.
constexpr double kTimeConstantMs = 300.0;

class PowerDetector final : public Detector {
 public:
  explicit PowerDetector(int sample_rate_hz)
      : follow_(1.0 - std::exp(-1000.0 / (kTimeConstantMs * sample_rate_hz))) {}

  double update(const int16_t* samples, int count) override {
    for (int i = 0; i < count; ++i) {
      const double power = static_cast<double>(samples[i]) * samples[i];
      power_ += follow_ * (power - power_);
    }
    return std::sqrt(power_);
  }

 private:
  const double follow_;
  double power_ = 0.0;
};

class PeakDetector final : public Detector {
 public:
  double update(const int16_t* samples, int count) override {
    double peak = 0.0;
    for (int i = 0; i < count; ++i) {
      if (samples[i] > peak) peak = samples[i];
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
