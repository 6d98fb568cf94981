// The level of speech without its pauses: ITU-T Recommendation P.56
// (12/2011), "Objective measurement of active speech level", method B.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_SPEECH_LEVEL_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_SPEECH_LEVEL_H_

#include <optional>
#include <span>

namespace webrtc_audio {

// In dB relative to a constant at full scale, as all levels here; empty where
// nothing is active.
std::optional<double> ActiveSpeechLevelDbfs(std::span<const double> samples,
                                            double rate_hz);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_SPEECH_LEVEL_H_
