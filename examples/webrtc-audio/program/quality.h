// What can be said about the sound that went in and came out; a pure function
// of the two, the same on every run.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_QUALITY_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_QUALITY_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "segments.h"
#include "wav.h"

namespace webrtc_audio {

// Levels are root mean square over all channels in dB relative to a constant
// at full scale (a full-scale sine has -3.01), never below kSilenceDbfs.
inline constexpr double kSilenceDbfs = -120.0;

struct Quality {
  double input_level_dbfs;
  double output_level_dbfs;
  double output_peak_dbfs;
  // Output samples at the last step of 16 bits, either sign.
  size_t clipped_samples;
  // Input level minus output level over the stretches where only the far end
  // speaks (echo return loss enhancement) and over those with noise alone;
  // output minus input over those where only the near end speaks. Empty when
  // no stretch has that label.
  std::optional<double> erle_db;
  std::optional<double> noise_reduction_db;
  std::optional<double> near_gain_db;

  // By how much the near end gains on the noise, and on the echo: what a gain
  // control that lifts everything alike leaves at 0.
  std::optional<double> snr_gain_db() const;
  std::optional<double> ser_gain_db() const;
};

// Compares sounds of equal shape. Throws InputError when a segment lies beyond
// the end.
Quality MeasureQuality(const Sound& input,
                       const Sound& output,
                       const std::vector<Segment>& segments);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_QUALITY_H_
