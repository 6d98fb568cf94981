// What became of the near end: how much later, how loud and in what colour it
// comes out, and how well it can be understood.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_NEAR_END_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_NEAR_END_H_

#include <optional>
#include <vector>

#include "segments.h"
#include "wav.h"

namespace webrtc_audio {

// All of the first channel. Empty where no stretch has the label that is
// wanted, and where the sound of the near end alone is not at hand.
struct NearEnd {
  // From the near end (else the capture signal) to the output, over `near`.
  std::optional<double> latency_ms;
  // Active level of the output over `near`.
  std::optional<double> speech_level_dbfs;
  // Of the output against the near end alone, over `near`.
  std::optional<double> spectral_distance_db;
  // Of the output against the near end alone, over `near` and `double`; and by
  // how much it is above that of the capture signal.
  std::optional<double> stoi;
  std::optional<double> stoi_gain;
};

// `near` is the near end alone, as it is heard in the capture signal. Throws
// InputError when it is of another shape.
NearEnd MeasureNearEnd(const Sound& capture,
                       const Sound& output,
                       const std::optional<Sound>& near,
                       const std::vector<Segment>& segments);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_NEAR_END_H_
