// A radix-2 transform, power spectra, change of rate.
#include "spectrum.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace webrtc_audio {
namespace {

void ReverseBits(Spectrum& values) {
  for (size_t i = 1, j = 0; i < values.size(); ++i) {
    size_t bit = values.size() >> 1;
    for (; j & bit; bit >>= 1)
      j ^= bit;
    j ^= bit;
    if (i < j)
      std::swap(values[i], values[j]);
  }
}

// Zero crossings of the sinc on either side, and steps of its table between two.
constexpr size_t kReach = 16;
constexpr size_t kSteps = 512;

std::vector<double> MakeKernel() {
  std::vector<double> kernel(kReach * kSteps + 2);
  kernel[0] = 1;
  for (size_t i = 1; i < kReach * kSteps; ++i) {
    const double angle = std::numbers::pi * double(i) / kSteps;
    kernel[i] =
        std::sin(angle) / angle * (0.5 + 0.5 * std::cos(angle / kReach));
  }
  return kernel;
}

double Kernel(double x) {
  static const std::vector<double> kernel = MakeKernel();
  const double position = std::abs(x) * kSteps;
  const auto index = static_cast<size_t>(position);
  if (index >= kReach * kSteps)
    return 0;
  const double share = position - double(index);
  return kernel[index] + share * (kernel[index + 1] - kernel[index]);
}

}  // namespace

void Transform(Spectrum& values) {
  ReverseBits(values);
  for (size_t half = 1; half < values.size(); half *= 2) {
    const auto step = std::polar(1.0, -std::numbers::pi / double(half));
    for (size_t start = 0; start < values.size(); start += 2 * half) {
      std::complex<double> turn = 1;
      for (size_t k = start; k < start + half; ++k) {
        const auto odd = values[k + half] * turn;
        values[k + half] = values[k] - odd;
        values[k] += odd;
        turn *= step;
      }
    }
  }
}

size_t PowerOfTwo(size_t least) {
  size_t size = 1;
  while (size < least)
    size *= 2;
  return size;
}

std::vector<double> HannWindow(size_t size) {
  std::vector<double> window(size);
  for (size_t i = 0; i < size; ++i) {
    window[i] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * double(i + 1) /
                                     double(size + 1));
  }
  return window;
}

std::vector<double> PowerSpectrum(std::span<const double> samples,
                                  std::span<const double> window,
                                  size_t size) {
  Spectrum values(size);
  for (size_t i = 0; i < window.size(); ++i)
    values[i] = samples[i] * window[i];
  Transform(values);
  std::vector<double> powers(size / 2 + 1);
  for (size_t i = 0; i < powers.size(); ++i)
    powers[i] = std::norm(values[i]);
  return powers;
}

std::vector<double> Resample(std::span<const double> samples,
                             double from_hz,
                             double to_hz) {
  if (from_hz == to_hz)
    return {samples.begin(), samples.end()};
  const double ratio = to_hz / from_hz;
  const double cutoff = std::min(1.0, ratio) * 0.95;
  const double reach = kReach / cutoff;
  std::vector<double> output(size_t(double(samples.size()) * ratio));
  for (size_t index = 0; index < output.size(); ++index) {
    const double centre = double(index) / ratio;
    const double last = std::min(double(samples.size()) - 1,
                                 std::floor(centre + reach));
    double sum = 0;
    for (double at = std::max(0.0, std::ceil(centre - reach));
         at <= last; ++at) {
      sum += samples[size_t(at)] * Kernel((centre - at) * cutoff);
    }
    output[index] = sum * cutoff;
  }
  return output;
}

}  // namespace webrtc_audio
