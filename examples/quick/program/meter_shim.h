// The neutral API: what the application knows of a level meter. It includes
// no header of either release.
#ifndef QUICK_METER_SHIM_H_
#define QUICK_METER_SHIM_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace meter_shim {

struct Settings {
  int sample_rate_hz = 16000;
  // Name of a detector; empty for the release's default.
  std::string detector;
};

struct Reading {
  double level_db = 0.0;
  double peak_db = 0.0;
  bool clipped = false;
  // The level as the release writes it.
  std::string text;
  // Lamps that are lit, and the colour of the highest of them.
  int lamps = 0;
  std::string colour;
};

// What the release remembers of all readings.
struct Summary {
  int readings = 0;
  int clipped = 0;
  double loudest_db = 0.0;
};

class Meter {
 public:
  virtual ~Meter() = default;
  virtual Reading Process(std::span<const int16_t> samples) = 0;
  virtual Summary Summarize() const = 0;
};

}  // namespace meter_shim

#endif  // QUICK_METER_SHIM_H_
