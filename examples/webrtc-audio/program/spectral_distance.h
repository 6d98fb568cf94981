// How far the colour of one sound lies from another's: the log-spectral
// distance (A. H. Gray, J. D. Markel, "Distance Measures for Speech
// Processing", IEEE Transactions on Acoustics, Speech, and Signal Processing
// 24 (5), 1976).
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_SPECTRAL_DISTANCE_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_SPECTRAL_DISTANCE_H_

#include <optional>
#include <span>

namespace webrtc_audio {

// In dB, mean over the frames of about 30 ms in which the clean sound is
// heard, once both have the same level; what lies 60 dB below a frame's
// loudest bin counts as that low. Empty where no frame is heard.
std::optional<double> LogSpectralDistanceDb(std::span<const double> clean,
                                            std::span<const double> heard,
                                            double rate_hz);

// Root mean square of the differences of two power spectra, in dB.
double SpectrumDistanceDb(std::span<const double> a, std::span<const double> b);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_SPECTRAL_DISTANCE_H_
