// Levels, level differences per label, clipping.
#include "quality.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "errors.h"

namespace webrtc_audio {
namespace {

// Sums squares over any number of stretches.
struct Power {
  double sum = 0;
  size_t count = 0;

  void Add(const Sound& sound, size_t from, size_t to) {
    for (size_t i = from * sound.channels; i < to * sound.channels; ++i) {
      sum += double{sound.samples[i]} * sound.samples[i];
    }
    count += (to - from) * sound.channels;
  }

  double Dbfs() const {
    if (count == 0 || sum == 0)
      return kSilenceDbfs;
    return std::max(kSilenceDbfs,
                    10 * std::log10(sum / static_cast<double>(count)));
  }
};

double LevelDbfs(const Sound& sound) {
  Power power;
  power.Add(sound, 0, sound.length());
  return power.Dbfs();
}

double PeakDbfs(const Sound& sound) {
  float peak = 0;
  for (float sample : sound.samples)
    peak = std::max(peak, std::fabs(sample));
  if (peak == 0)
    return kSilenceDbfs;
  return std::max(kSilenceDbfs, 20 * std::log10(double{peak}));
}

size_t CountClipped(const Sound& sound) {
  return std::count_if(sound.samples.begin(), sound.samples.end(),
                       [](float sample) {
                         const int step = ToPcm16(sample);
                         return step == 32767 || step == -32768;
                       });
}

// Input level minus output level over all segments with that label.
std::optional<double> LevelDrop(const Sound& input,
                                const Sound& output,
                                const std::vector<Segment>& segments,
                                Label label) {
  Power before;
  Power after;
  for (const Segment& segment : segments) {
    if (segment.label != label)
      continue;
    const auto at = [&](double seconds) {
      return static_cast<size_t>(std::llround(seconds * input.sample_rate_hz));
    };
    if (at(segment.to_seconds) > input.length()) {
      throw InputError("a segment ends at " +
                       std::to_string(segment.to_seconds) +
                       " s, after the end of the capture signal");
    }
    before.Add(input, at(segment.from_seconds), at(segment.to_seconds));
    after.Add(output, at(segment.from_seconds), at(segment.to_seconds));
  }
  if (before.count == 0)
    return std::nullopt;
  return before.Dbfs() - after.Dbfs();
}

std::optional<double> Sum(const std::optional<double>& a,
                          const std::optional<double>& b) {
  if (!a || !b)
    return std::nullopt;
  return *a + *b;
}

}  // namespace

std::optional<double> Quality::snr_gain_db() const {
  return Sum(near_gain_db, noise_reduction_db);
}

std::optional<double> Quality::ser_gain_db() const {
  return Sum(near_gain_db, erle_db);
}

Quality MeasureQuality(const Sound& input,
                       const Sound& output,
                       const std::vector<Segment>& segments) {
  const auto drop = [&](Label label) {
    return LevelDrop(input, output, segments, label);
  };
  const auto near_drop = drop(Label::kNear);
  return {
      .input_level_dbfs = LevelDbfs(input),
      .output_level_dbfs = LevelDbfs(output),
      .output_peak_dbfs = PeakDbfs(output),
      .clipped_samples = CountClipped(output),
      .erle_db = drop(Label::kFar),
      .noise_reduction_db = drop(Label::kNoise),
      .near_gain_db =
          near_drop ? std::optional<double>(-*near_drop) : std::nullopt,
  };
}

}  // namespace webrtc_audio
