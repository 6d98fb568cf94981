// Frames, floors and the distance of their spectra.
#include "spectral_distance.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "spectrum.h"

namespace webrtc_audio {
namespace {

constexpr double kFrameSeconds = 0.03;
// Frames of the clean sound this far below its loudest are not looked at.
constexpr double kRangeDb = 40;
constexpr double kFloorDb = 60;

double Energy(std::span<const double> samples) {
  double sum = 0;
  for (double sample : samples)
    sum += sample * sample;
  return sum;
}

double FromDb(double db) {
  return std::pow(10.0, db / 10);
}

void RaiseTo(std::vector<double>& powers, double floor) {
  for (double& power : powers)
    power = std::max(power, floor);
}

}  // namespace

double SpectrumDistanceDb(std::span<const double> a,
                          std::span<const double> b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i)
    sum += std::pow(10 * std::log10(a[i] / b[i]), 2);
  return std::sqrt(sum / double(a.size()));
}

std::optional<double> LogSpectralDistanceDb(std::span<const double> clean,
                                            std::span<const double> heard,
                                            double rate_hz) {
  const size_t size = PowerOfTwo(size_t(rate_hz * kFrameSeconds));
  const std::vector<double> window = HannWindow(size);
  const double scale = Energy(clean) / std::max(Energy(heard), 1e-30);
  double loudest = 0;
  for (size_t at = 0; at + size <= clean.size(); at += size / 2)
    loudest = std::max(loudest, Energy(clean.subspan(at, size)));
  double sum = 0;
  size_t frames = 0;
  for (size_t at = 0; at + size <= clean.size(); at += size / 2) {
    if (Energy(clean.subspan(at, size)) <= loudest * FromDb(-kRangeDb))
      continue;
    auto wanted = PowerSpectrum(clean.subspan(at, size), window, size);
    auto got = PowerSpectrum(heard.subspan(at, size), window, size);
    for (double& power : got)
      power *= scale;
    const double floor = *std::max_element(wanted.begin(), wanted.end()) *
                         FromDb(-kFloorDb);
    RaiseTo(wanted, floor);
    RaiseTo(got, floor);
    sum += SpectrumDistanceDb(wanted, got);
    ++frames;
  }
  if (frames == 0)
    return std::nullopt;
  return sum / double(frames);
}

}  // namespace webrtc_audio
