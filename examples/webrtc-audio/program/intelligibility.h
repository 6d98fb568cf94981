// How well speech can be understood, by STOI: C. H. Taal, R. C. Hendriks,
// R. Heusdens, J. Jensen, "An Algorithm for Intelligibility Prediction of
// Time-Frequency Weighted Noisy Speech", IEEE Transactions on Audio, Speech,
// and Language Processing 19 (7), 2011.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_INTELLIGIBILITY_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_INTELLIGIBILITY_H_

#include <optional>
#include <span>

namespace webrtc_audio {

// Near 1 where nothing of the clean speech is lost, near 0 where it cannot be
// made out. Both at one rate and aligned; empty for less than 0.4 s of speech.
std::optional<double> Stoi(std::span<const double> clean,
                           std::span<const double> heard,
                           double rate_hz);

// The measure's kernel (equations 3 to 5): what is heard in one band is
// brought to the energy of the clean, cut off where it is more than 15 dB
// above it, and correlated with it. 0 where either does not change.
double BandCorrelation(std::span<const double> clean,
                       std::span<const double> heard);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_INTELLIGIBILITY_H_
