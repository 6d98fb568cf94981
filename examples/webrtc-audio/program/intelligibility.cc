// STOI, step by step as published.
#include "intelligibility.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "spectrum.h"

namespace webrtc_audio {
namespace {

using Samples = std::vector<double>;

constexpr double kRateHz = 10000;
constexpr size_t kFrame = 256;
constexpr size_t kStep = kFrame / 2;
constexpr size_t kTransform = 512;
constexpr size_t kBands = 15;
constexpr double kLowestBandHz = 150;
// Frames of one segment: 384 ms.
constexpr size_t kSegment = 30;
// Frames of the clean speech this far below its loudest are no speech.
constexpr double kRangeDb = 40;
// 15 dB below, as the paper has it: beta = -15.
const double kCut = 1 + std::pow(10.0, 15.0 / 20);

struct Speech {
  Samples clean;
  Samples heard;
};

size_t FrameCount(const Samples& samples) {
  return samples.size() <= kFrame ? 0
                                  : (samples.size() - kFrame - 1) / kStep + 1;
}

double FrameEnergy(const Samples& samples, size_t at, const Samples& window) {
  double sum = 0;
  for (size_t i = 0; i < kFrame; ++i)
    sum += std::pow(samples[at + i] * window[i], 2);
  return sum;
}

void AddFrame(Samples& to, size_t at, const Samples& from, size_t begin,
              const Samples& window) {
  for (size_t i = 0; i < kFrame; ++i)
    to[at + i] += from[begin + i] * window[i];
}

// Both without the frames in which the clean one is silent.
Speech WithoutPauses(const Speech& all) {
  const Samples window = HannWindow(kFrame);
  const size_t count = FrameCount(all.clean);
  Samples energies;
  for (size_t frame = 0; frame < count; ++frame)
    energies.push_back(FrameEnergy(all.clean, frame * kStep, window));
  const double floor =
      count == 0 ? 0
                 : *std::max_element(energies.begin(), energies.end()) *
                       std::pow(10.0, -kRangeDb / 10);
  Speech kept{Samples(all.clean.size()), Samples(all.clean.size())};
  size_t at = 0;
  for (size_t frame = 0; frame < count; ++frame) {
    if (energies[frame] <= floor)
      continue;
    AddFrame(kept.clean, at, all.clean, frame * kStep, window);
    AddFrame(kept.heard, at, all.heard, frame * kStep, window);
    at += kStep;
  }
  const size_t length = at == 0 ? 0 : at + kFrame - kStep;
  kept.clean.resize(length);
  kept.heard.resize(length);
  return kept;
}

// The bin nearest to a frequency.
size_t BinAt(double hertz) {
  return size_t(std::lround(hertz / kRateHz * double(kTransform)));
}

// Magnitudes of the third-octave bands, band by band, frame after frame.
std::vector<Samples> Bands(const Samples& samples) {
  const Samples window = HannWindow(kFrame);
  std::vector<Samples> bands(kBands);
  for (size_t frame = 0; frame < FrameCount(samples); ++frame) {
    const Samples powers = PowerSpectrum(
        std::span(samples).subspan(frame * kStep, kFrame), window, kTransform);
    for (size_t band = 0; band < kBands; ++band) {
      const double centre = kLowestBandHz * std::pow(2.0, double(band) / 3);
      const double edge = std::pow(2.0, 1.0 / 6);
      double sum = 0;
      for (size_t bin = BinAt(centre / edge); bin < BinAt(centre * edge); ++bin)
        sum += powers[bin];
      bands[band].push_back(std::sqrt(sum));
    }
  }
  return bands;
}

double Mean(std::span<const double> values) {
  double sum = 0;
  for (double value : values)
    sum += value;
  return sum / double(values.size());
}

double Energy(std::span<const double> values) {
  double sum = 0;
  for (double value : values)
    sum += value * value;
  return sum;
}

}  // namespace

double BandCorrelation(std::span<const double> clean,
                       std::span<const double> heard) {
  const double scale =
      std::sqrt(Energy(clean) /
                std::max(Energy(heard), std::numeric_limits<double>::min()));
  Samples cut(heard.size());
  for (size_t i = 0; i < cut.size(); ++i)
    cut[i] = std::min(heard[i] * scale, clean[i] * kCut);
  const double clean_mean = Mean(clean);
  const double cut_mean = Mean(cut);
  double product = 0, clean_square = 0, cut_square = 0;
  for (size_t i = 0; i < cut.size(); ++i) {
    product += (clean[i] - clean_mean) * (cut[i] - cut_mean);
    clean_square += std::pow(clean[i] - clean_mean, 2);
    cut_square += std::pow(cut[i] - cut_mean, 2);
  }
  const double norm = std::sqrt(clean_square * cut_square);
  return norm > 0 ? product / norm : 0;
}

std::optional<double> Stoi(std::span<const double> clean,
                           std::span<const double> heard,
                           double rate_hz) {
  const Speech speech = WithoutPauses({Resample(clean, rate_hz, kRateHz),
                                       Resample(heard, rate_hz, kRateHz)});
  const auto clean_bands = Bands(speech.clean);
  const auto heard_bands = Bands(speech.heard);
  const size_t frames = clean_bands[0].size();
  if (frames < kSegment)
    return std::nullopt;
  double sum = 0;
  for (size_t band = 0; band < kBands; ++band) {
    const std::span<const double> x = clean_bands[band], y = heard_bands[band];
    for (size_t from = 0; from + kSegment <= frames; ++from) {
      sum += BandCorrelation(x.subspan(from, kSegment),
                             y.subspan(from, kSegment));
    }
  }
  return sum / double(kBands * (frames - kSegment + 1));
}

}  // namespace webrtc_audio
