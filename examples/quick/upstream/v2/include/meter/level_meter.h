// A level meter: takes samples, gives a level, a held peak and a clip light.
#ifndef METER_LEVEL_METER_H_
#define METER_LEVEL_METER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "meter/detector.h"

namespace meter {

class PeakHold;

struct Options {
  int sample_rate_hz = 48000;
  // Empty: the default one.
  std::string detector;
};

struct Reading {
  double level_db;
  double peak_db;
  bool clipped;
};

class LevelMeter {
 public:
  // Throws std::invalid_argument for a detector that nobody registered.
  explicit LevelMeter(const Options& options);
  ~LevelMeter();

  Reading process(std::span<const int16_t> samples);

 private:
  std::unique_ptr<Detector> detector_;
  std::unique_ptr<PeakHold> hold_;
};

}  // namespace meter

#endif  // METER_LEVEL_METER_H_
