// Decibels relative to full scale (dBFS), and back.
#ifndef METER_DECIBEL_H_
#define METER_DECIBEL_H_

#include <cmath>

namespace meter {

// The amplitude that counts as 0 dB: a sample at full scale.
inline constexpr double kFullScale = 32768.0;

// Keeps `value` between `low` and `high`.
template <class Number>
Number clamp(Number value, Number low, Number high) {
  return value < low ? low : high < value ? high : value;
}

// Level of an amplitude.
inline double to_db(double amplitude) {
  return 20.0 * std::log10(amplitude / kFullScale);
}

// Amplitude of a level.
inline double from_db(double db) {
  return kFullScale * std::pow(10.0, db / 20.0);
}

}  // namespace meter

#endif  // METER_DECIBEL_H_
