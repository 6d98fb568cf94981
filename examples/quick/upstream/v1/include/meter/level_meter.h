// A level meter: takes samples, gives a level, a held peak and a clip light.
#ifndef METER_LEVEL_METER_H_
#define METER_LEVEL_METER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "meter/detector.h"

namespace meter {

class PeakHold;

struct Reading {
  double level_db;
  double peak_db;
  bool clipped;
};

class LevelMeter {
 public:
  // Throws std::invalid_argument for a detector that nobody registered.
  LevelMeter(int sample_rate_hz, const std::string& detector);
  ~LevelMeter();

  void process(const int16_t* samples, int count);
  Reading read() const { return reading_; }

 private:
  std::unique_ptr<Detector> detector_;
  std::unique_ptr<PeakHold> hold_;
  Reading reading_;
};

}  // namespace meter

#endif  // METER_LEVEL_METER_H_
