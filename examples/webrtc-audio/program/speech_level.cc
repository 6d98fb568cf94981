// P.56's envelope, thresholds and margin.
#include "speech_level.h"

#include <array>
#include <cmath>

namespace webrtc_audio {
namespace {

constexpr int kThresholds = 15;
constexpr double kEnvelopeSeconds = 0.03;
constexpr double kHangoverSeconds = 0.2;
// Between the level of what is active and the threshold it is active by.
constexpr double kMarginDb = 15.9;

double ThresholdAt(int index) {
  return std::ldexp(1.0, index - kThresholds);
}

// How many samples are active at each threshold.
struct Activity {
  std::array<double, kThresholds> counts{};
  double energy = 0;
};

Activity Measure(std::span<const double> samples, double rate_hz) {
  const double keep = std::exp(-1 / (rate_hz * kEnvelopeSeconds));
  const auto hangover = size_t(std::lround(kHangoverSeconds * rate_hz));
  std::array<size_t, kThresholds> quiet;
  quiet.fill(hangover);  // Nothing was active before.
  Activity activity;
  double first = 0, envelope = 0;
  for (double sample : samples) {
    first = keep * first + (1 - keep) * std::abs(sample);
    envelope = keep * envelope + (1 - keep) * first;
    activity.energy += sample * sample;
    for (int j = 0; j < kThresholds; ++j) {
      quiet[j] = envelope >= ThresholdAt(j) ? 0 : quiet[j] + 1;
      if (quiet[j] <= hangover)
        ++activity.counts[j];
    }
  }
  return activity;
}

}  // namespace

std::optional<double> ActiveSpeechLevelDbfs(std::span<const double> samples,
                                            double rate_hz) {
  const Activity activity = Measure(samples, rate_hz);
  std::optional<double> last_level, last_excess;
  for (int j = 0; j < kThresholds && activity.counts[j] > 0; ++j) {
    const double level = 10 * std::log10(activity.energy / activity.counts[j]);
    const double excess =
        level - 20 * std::log10(ThresholdAt(j)) - kMarginDb;
    if (excess <= 0) {
      if (!last_excess)
        return level;
      const double share = *last_excess / (*last_excess - excess);
      return *last_level + share * (level - *last_level);
    }
    last_level = level;
    last_excess = excess;
  }
  return last_level;
}

}  // namespace webrtc_audio
