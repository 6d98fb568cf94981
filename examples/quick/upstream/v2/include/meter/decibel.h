// Decibels relative to full scale (dBFS), and back.
#ifndef METER_DECIBEL_H_
#define METER_DECIBEL_H_

#include <cmath>

namespace meter {

// The amplitude that counts as 0 dB: a sample at full scale.
inline constexpr double kFullScale = 32768.0;

// What digital silence reads as: it has no logarithm.
inline constexpr double kFloorDb = -144.0;

// Keeps `value` between `low` and `high`.
template <class Number>
Number clamp(Number value, Number low, Number high) {
  return value < low ? low : high < value ? high : value;
}

// Level of an amplitude.
inline double to_db(double amplitude) {
  if (amplitude <= 0.0) return kFloorDb;
  return 20.0 * std::log10(amplitude / kFullScale);
}

// Level of a mean power.
inline double power_to_db(double power) {
  return to_db(std::sqrt(power));
}

// Amplitude of a level.
inline double from_db(double db) {
  return kFullScale * std::pow(10.0, db / 20.0);
}

}  // namespace meter

#endif  // METER_DECIBEL_H_
