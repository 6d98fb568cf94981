// Judges readings against the signal itself.
#include "judge.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace quick {
namespace {

using meter_shim::Reading;

constexpr double kFullScale = 32768.0;
// Quieter than one step of a 16-bit converter: all that is silence.
constexpr double kSilenceDb = -96.0;
constexpr double kWindowMs = 300.0;
constexpr double kRiseDb = 20.0;
constexpr double kSettledDb = 1.0;
constexpr double kStillDb = 0.01;

// Level of the sound in `samples`: its mean value is no sound.
double TrueLevel(std::span<const int16_t> samples) {
  double sum = 0.0;
  double squares = 0.0;
  for (const int16_t sample : samples) {
    sum += sample;
    squares += static_cast<double>(sample) * sample;
  }
  const double count = static_cast<double>(samples.size());
  const double power = squares / count - (sum / count) * (sum / count);
  if (power <= 0.0) return kSilenceDb;
  return std::max(kSilenceDb, 10.0 * std::log10(power) -
                                  20.0 * std::log10(kFullScale));
}

double TruePeak(std::span<const int16_t> samples) {
  double peak = 0.0;
  for (const int16_t sample : samples) {
    peak = std::max(peak, std::abs(static_cast<double>(sample)));
  }
  if (peak == 0.0) return kSilenceDb;
  return std::max(kSilenceDb, 20.0 * std::log10(peak / kFullScale));
}

bool HasClip(std::span<const int16_t> samples) {
  return std::any_of(samples.begin(), samples.end(), [](int16_t sample) {
    return sample == std::numeric_limits<int16_t>::max() ||
           sample == std::numeric_limits<int16_t>::min();
  });
}

// A level as it can be compared: silence is silence, however it is written.
double Comparable(double db) {
  return std::isfinite(db) ? std::max(kSilenceDb, db) : kSilenceDb;
}

class Judgement {
 public:
  Judgement(std::span<const int16_t> signal, std::span<const Reading> readings,
            int frame, int sample_rate_hz)
      : signal_(signal),
        readings_(readings),
        frame_(static_cast<size_t>(frame)),
        frame_ms_(1000.0 * frame / sample_rate_hz),
        window_(static_cast<size_t>(kWindowMs / frame_ms_)) {}

  Quality Result() const {
    Quality quality;
    quality.level_error_db = LevelError();
    quality.peak_error_db = std::abs(HighestShown() - TruePeak(signal_));
    for (size_t i = 0; i < readings_.size(); ++i) {
      const Reading& reading = readings_[i];
      if (HasClip(Frames(i, 1)) && !reading.clipped) ++quality.missed_clips;
      if (!std::isfinite(reading.level_db) || !std::isfinite(reading.peak_db)) {
        ++quality.unreadable;
      }
    }
    quality.settle_ms = SettleTime();
    quality.hold_ms = HoldTime();
    return quality;
  }

 private:
  std::span<const int16_t> Frames(size_t first, size_t count) const {
    return signal_.subspan(first * frame_, count * frame_);
  }

  double LevelError() const {
    if (readings_.size() < window_) return 0.0;
    double sum = 0.0;
    for (size_t i = window_ - 1; i < readings_.size(); ++i) {
      const double truth = TrueLevel(Frames(i + 1 - window_, window_));
      sum += std::abs(Comparable(readings_[i].level_db) - truth);
    }
    return sum / static_cast<double>(readings_.size() + 1 - window_);
  }

  double HighestShown() const {
    double highest = kSilenceDb;
    for (const Reading& reading : readings_) {
      highest = std::max(highest, Comparable(reading.peak_db));
    }
    return highest;
  }

  std::optional<double> SettleTime() const {
    for (size_t i = 1; i < readings_.size(); ++i) {
      const double level = TrueLevel(Frames(i, 1));
      if (level - TrueLevel(Frames(i - 1, 1)) < kRiseDb) continue;
      return TimeUntil(i, [&](const Reading& reading) {
        return std::abs(Comparable(reading.level_db) - level) <= kSettledDb;
      });
    }
    return std::nullopt;
  }

  std::optional<double> HoldTime() const {
    const double highest = HighestShown();
    size_t over = 0;
    for (size_t i = 0; i < readings_.size(); ++i) {
      if (TruePeak(Frames(i, 1)) >= highest - kStillDb) over = i + 1;
    }
    if (over == 0 || over >= readings_.size()) return std::nullopt;
    return TimeUntil(over, [&](const Reading& reading) {
      return reading.peak_db < highest - kStillDb;
    });
  }

  // From the start of frame `from` to the start of the first that passes.
  template <class Test>
  std::optional<double> TimeUntil(size_t from, Test test) const {
    for (size_t i = from; i < readings_.size(); ++i) {
      if (test(readings_[i])) return static_cast<double>(i - from) * frame_ms_;
    }
    return std::nullopt;
  }

  const std::span<const int16_t> signal_;
  const std::span<const Reading> readings_;
  const size_t frame_;
  const double frame_ms_;
  const size_t window_;
};

}  // namespace

Quality Judge(std::span<const int16_t> signal,
              std::span<const Reading> readings, int frame,
              int sample_rate_hz) {
  return Judgement(signal, readings, frame, sample_rate_hz).Result();
}

}  // namespace quick
