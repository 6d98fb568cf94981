// The level meter: a detector for the needle, a held peak, a clip light.
#include "meter/level_meter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "ballistics/hold.h"
#include "meter/decibel.h"

namespace meter {
namespace {

// A sample at the end of the range was most likely cut off there.
bool is_clipped(int16_t sample) {
  return sample == std::numeric_limits<int16_t>::max() ||
         sample == std::numeric_limits<int16_t>::min();
}

}  // namespace

LevelMeter::LevelMeter(const Options& options)
    : detector_(Registry::instance().create(
          options.detector.empty() ? default_detector() : options.detector,
          options.sample_rate_hz)),
      hold_(std::make_unique<PeakHold>(options.sample_rate_hz)) {
  if (!detector_) {
    throw std::invalid_argument("no detector " + options.detector);
  }
}

LevelMeter::~LevelMeter() = default;

Reading LevelMeter::process(std::span<const int16_t> samples) {
  double peak = 0.0;
  bool clipped = false;
  for (const int16_t sample : samples) {
    peak = std::max(peak, std::abs(static_cast<double>(sample)));
    clipped = clipped || is_clipped(sample);
  }
  const int count = static_cast<int>(samples.size());
  const double held = hold_->update(peak, count);
  return {.level_db = to_db(detector_->update(samples)),
          .peak_db = clamp(to_db(held), kFloorDb, 0.0),
          .clipped = clipped};
}

}  // namespace meter
