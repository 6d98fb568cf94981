// How much later a sound comes out than it went in.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_LATENCY_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_LATENCY_H_

#include <cstddef>
#include <optional>
#include <span>

namespace webrtc_audio {

// The number of samples, up to `most`, by which `input` must be delayed to be
// most like `output`: the maximum of their cross-correlation. Empty where
// either is silent or nothing in the output is like the input.
std::optional<size_t> DelayOf(std::span<const double> input,
                              std::span<const double> output,
                              size_t most);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_LATENCY_H_
