// Cross-correlation by way of the spectra.
#include "latency.h"

#include <algorithm>
#include <cmath>

#include "spectrum.h"

namespace webrtc_audio {
namespace {

// Below this correlation coefficient the two have nothing in common.
constexpr double kLeastLikeness = 0.1;

Spectrum SpectrumOf(std::span<const double> samples, size_t size) {
  Spectrum values(size);
  for (size_t i = 0; i < samples.size(); ++i)
    values[i] = samples[i];
  Transform(values);
  return values;
}

double Energy(std::span<const double> samples) {
  double sum = 0;
  for (double sample : samples)
    sum += sample * sample;
  return sum;
}

}  // namespace

std::optional<size_t> DelayOf(std::span<const double> input,
                              std::span<const double> output,
                              size_t most) {
  const size_t size = PowerOfTwo(std::max(input.size(), output.size()) + most);
  Spectrum product = SpectrumOf(input, size);
  const Spectrum other = SpectrumOf(output, size);
  // Conjugated, so that one more forward transform is the inverse.
  for (size_t i = 0; i < size; ++i)
    product[i] *= std::conj(other[i]);
  Transform(product);
  size_t best = 0;
  for (size_t lag = 1; lag <= most; ++lag) {
    if (product[lag].real() > product[best].real())
      best = lag;
  }
  const double likeness = product[best].real() / double(size) /
                          std::sqrt(Energy(input) * Energy(output));
  if (!(likeness >= kLeastLikeness))
    return std::nullopt;
  return best;
}

}  // namespace webrtc_audio
