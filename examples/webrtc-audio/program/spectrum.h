// The discrete Fourier transform and what is made of it.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_SPECTRUM_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_SPECTRUM_H_

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace webrtc_audio {

using Spectrum = std::vector<std::complex<double>>;

// Transforms in place; the size is a power of two.
void Transform(Spectrum& values);

// The smallest power of two that is not below `least`.
size_t PowerOfTwo(size_t least);

// A Hann window of that many points, none of them zero.
std::vector<double> HannWindow(size_t size);

// The powers of the bins from 0 to the half of `size`, of samples under a
// window of the same length.
std::vector<double> PowerSpectrum(std::span<const double> samples,
                                  std::span<const double> window,
                                  size_t size);

// The sound at another rate: band-limited interpolation by a sinc under a Hann
// window (J. O. Smith, "Digital Audio Resampling").
std::vector<double> Resample(std::span<const double> samples,
                             double from_hz,
                             double to_hz);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_SPECTRUM_H_
