// The level meter: a detector for the needle, a held peak, a clip light.
#include "meter/level_meter.h"

#include <stdexcept>

#include "hold.h"
#include "meter/decibel.h"

namespace meter {
namespace {

// A sample at the end of the range was most likely cut off there.
constexpr int16_t kClip = 32767;

}  // namespace

LevelMeter::LevelMeter(int sample_rate_hz, const std::string& detector)
    : detector_(Registry::instance().create(
          detector.empty() ? default_detector() : detector, sample_rate_hz)),
      hold_(std::make_unique<PeakHold>(sample_rate_hz)),
      reading_{to_db(1.0), to_db(1.0), false} {
  if (!detector_) throw std::invalid_argument("no detector " + detector);
}

LevelMeter::~LevelMeter() = default;

void LevelMeter::process(const int16_t* samples, int count) {
  int peak = 0;
  reading_.clipped = false;
  for (int i = 0; i < count; ++i) {
    if (samples[i] > peak) peak = samples[i];
    if (samples[i] == kClip) reading_.clipped = true;
  }
  reading_.level_db = to_db(detector_->update(samples, count));
  reading_.peak_db = clamp(to_db(hold_->update(peak, count)), -200.0, 0.0);
}

}  // namespace meter
