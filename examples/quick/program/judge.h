// Judges readings against what is true of the signal, worked out here without
// either release.
#ifndef QUICK_JUDGE_H_
#define QUICK_JUDGE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "meter_shim.h"

namespace quick {

struct Quality {
  // Mean distance of the level from the power of the last 300 ms, its mean
  // value taken off; from the moment on when 300 ms have passed. dB.
  double level_error_db = 0.0;
  // Distance of the highest peak shown from the signal's greatest amplitude.
  // dB.
  double peak_error_db = 0.0;
  // Frames with a sample at either end of the range that show no clip light.
  int missed_clips = 0;
  // Frames whose level or peak is no finite number.
  int unreadable = 0;
  // From the first rise of 20 dB on until the level is within 1 dB of the
  // power; absent when nothing rises. ms.
  std::optional<double> settle_ms;
  // How long the highest peak stood still after it was over; absent when it
  // was not over before the signal was. ms.
  std::optional<double> hold_ms;
};

// `frame` is the number of samples that each reading stands for.
Quality Judge(std::span<const int16_t> signal,
              std::span<const meter_shim::Reading> readings, int frame,
              int sample_rate_hz);

}  // namespace quick

#endif  // QUICK_JUDGE_H_
