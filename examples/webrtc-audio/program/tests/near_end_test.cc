// The figures of the near end, against values that can be worked out by hand.
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "check.h"
#include "errors.h"
#include "intelligibility.h"
#include "latency.h"
#include "near_end.h"
#include "spectral_distance.h"
#include "spectrum.h"
#include "speech_level.h"

namespace {

using namespace webrtc_audio;
using Samples = std::vector<double>;

constexpr int kRate = 10000;

bool Near(double value, double wanted, double within) {
  return std::abs(value - wanted) < within;
}

Samples Noise(size_t length, unsigned seed) {
  std::mt19937 random(seed);
  Samples samples(length);
  for (double& sample : samples)
    sample = double(random()) / 2147483648.0 - 1;
  return samples;
}

// Noise that swells four times a second, as speech does.
Samples Syllables(double seconds, unsigned seed) {
  Samples samples = Noise(size_t(seconds * kRate), seed);
  for (size_t i = 0; i < samples.size(); ++i) {
    const double turn = 2 * std::numbers::pi * 4 * double(i) / kRate;
    samples[i] *= 0.3 * (0.51 - 0.49 * std::cos(turn));
  }
  return samples;
}

Samples Sum(const Samples& a, const Samples& b, double factor) {
  Samples sum(a.size());
  for (size_t i = 0; i < a.size(); ++i)
    sum[i] = a[i] + factor * b[i];
  return sum;
}

Samples Tone(double seconds, double hertz, double amplitude, double rate) {
  Samples samples(size_t(seconds * rate));
  for (size_t i = 0; i < samples.size(); ++i) {
    samples[i] = amplitude * std::sin(2 * std::numbers::pi * hertz *
                                      double(i) / rate);
  }
  return samples;
}

TEST(a_tone_has_its_power_in_its_own_bin) {
  Spectrum values(16);
  for (size_t i = 0; i < 16; ++i)
    values[i] = std::cos(2 * std::numbers::pi * 3 * double(i) / 16);
  Transform(values);
  for (size_t bin = 0; bin < 16; ++bin) {
    CHECK(Near(std::abs(values[bin]), bin == 3 || bin == 13 ? 8 : 0, 1e-12));
  }
}

TEST(another_rate_keeps_a_tone) {
  const Samples given = Resample(Tone(0.2, 440, 1, 44100), 44100, kRate);
  const Samples wanted = Tone(0.2, 440, 1, kRate);
  for (size_t i = 100; i < 1900; ++i)
    CHECK(Near(given[i], wanted[i], 2e-3));
}

TEST(correlation_of_a_band_is_that_of_the_paper) {
  const auto of = [](const Samples& clean, const Samples& heard) {
    return BandCorrelation(clean, heard);
  };
  CHECK(Near(of({1, 2, 3}, {1, 2, 3}), 1, 1e-12));
  CHECK(Near(of({1, 2, 3}, {10, 20, 30}), 1, 1e-12));
  CHECK(Near(of({1, 2, 3}, {3, 2, 1}), -1, 1e-12));
  // Deviations -1, 0, 1 and -1, 1, 0: 1 out of 2.
  CHECK(Near(of({1, 2, 3}, {1, 3, 2}), 0.5, 1e-12));
  // Where the clean one is silent all is cut off: 0, s, s is like 0, 1, 1.
  CHECK(Near(of({0, 1, 1}, {1, 1, 1}), 1, 1e-12));
  // Brought to the clean one's energy 7.649, 0, 7.649; the first is cut off at
  // 1 + 10^(15/20) = 6.623. Without the cut it would be -0.9449.
  CHECK(Near(of({1, 10, 4}, {1, 0, 1}), -0.8973, 1e-3));
  CHECK(of({1, 1, 1}, {1, 2, 3}) == 0);
  CHECK(of({1, 2, 3}, {0, 0, 0}) == 0);
}

TEST(intelligibility_is_1_for_the_same_speech_at_any_level) {
  const Samples speech = Syllables(2, 1);
  CHECK(Near(*Stoi(speech, speech, kRate), 1, 1e-9));
  CHECK(Near(*Stoi(speech, Sum(speech, speech, 4), kRate), 1, 1e-9));
  CHECK(Near(*Stoi(Resample(speech, kRate, 16000),
                   Resample(speech, kRate, 16000), 16000),
             1, 1e-9));
}

TEST(intelligibility_falls_as_noise_rises_and_pauses_do_not_count) {
  const Samples speech = Syllables(2, 1);
  const Samples noise = Noise(speech.size(), 2);
  double before = 1;
  for (double factor : {0.01, 0.03, 0.1, 0.3, 1.0, 3.0}) {
    const double now = *Stoi(speech, Sum(speech, noise, factor), kRate);
    CHECK(now < before);
    before = now;
  }
  CHECK(before < 0.35);
  CHECK(*Stoi(speech, Noise(speech.size(), 3), kRate) < 0.4);
  Samples padded(speech.size());
  padded.insert(padded.end(), speech.begin(), speech.end());
  Samples heard(speech.size(), 0.01);
  heard.insert(heard.end(), speech.begin(), speech.end());
  CHECK(Near(*Stoi(padded, heard, kRate), 1, 0.01));
  CHECK(!Stoi(Syllables(0.3, 1), Syllables(0.3, 1), kRate));
  CHECK(!Stoi(Samples(20000), Samples(20000), kRate));
}

TEST(distance_of_spectra_is_in_decibels) {
  CHECK(Near(SpectrumDistanceDb(Samples{1, 100}, Samples{10, 10}), 10, 1e-12));
  CHECK(SpectrumDistanceDb(Samples{3, 5}, Samples{3, 5}) == 0);
  const Samples sound = Noise(20000, 4);
  CHECK(Near(*LogSpectralDistanceDb(sound, Sum(sound, sound, 3), kRate), 0,
             1e-9));
  const double little =
      *LogSpectralDistanceDb(sound, Sum(sound, Noise(20000, 5), 0.1), kRate);
  const double much =
      *LogSpectralDistanceDb(sound, Sum(sound, Noise(20000, 5), 1), kRate);
  CHECK(little > 0.3 && much > 2 * little);
  CHECK(!LogSpectralDistanceDb(Samples(20000), sound, kRate));
}

TEST(level_of_speech_does_not_count_its_pauses) {
  const double level = 20 * std::log10(0.25) - 3.01;
  const Samples tone = Tone(4, 400, 0.25, 8000);
  CHECK(Near(*ActiveSpeechLevelDbfs(tone, 8000), level, 0.1));
  Samples half = tone;
  half.resize(2 * half.size());
  // 0.2 s of hangover and the envelope's fall count as active.
  CHECK(Near(*ActiveSpeechLevelDbfs(half, 8000), level, 0.5));
  CHECK(!ActiveSpeechLevelDbfs(Samples(8000), 8000));
}

TEST(delay_is_found_to_the_sample_and_not_where_there_is_none) {
  const Samples sound = Noise(4000, 6);
  Samples later(37);
  later.insert(later.end(), sound.begin(), sound.end() - 37);
  CHECK(DelayOf(sound, later, 200) == 37u);
  CHECK(DelayOf(sound, sound, 200) == 0u);
  CHECK(!DelayOf(sound, Noise(4000, 7), 200));
  CHECK(!DelayOf(sound, Samples(4000), 200));
}

Sound SoundOf(const Samples& samples) {
  Sound sound{kRate, 1, {}};
  for (double sample : samples)
    sound.samples.push_back(static_cast<float>(sample));
  return sound;
}

TEST(the_near_end_is_measured_where_it_speaks_and_aligned) {
  const Samples speech = Syllables(4, 1);
  const Samples noise = Noise(speech.size(), 2);
  Samples later(50);
  later.insert(later.end(), speech.begin(), speech.end() - 50);
  const Sound capture = SoundOf(Sum(speech, noise, 0.1));
  const std::vector<Segment> segments = {{Label::kNear, 0, 2},
                                         {Label::kDouble, 2, 3.9}};
  const NearEnd result =
      MeasureNearEnd(capture, SoundOf(later), SoundOf(speech), segments);
  CHECK(Near(*result.latency_ms, 5, 1e-9));
  CHECK(Near(*result.stoi, 1, 1e-6) && *result.stoi_gain > 0.05);
  CHECK(Near(*result.spectral_distance_db, 0, 1e-3));
  const NearEnd blind =
      MeasureNearEnd(capture, SoundOf(later), std::nullopt, segments);
  CHECK(blind.latency_ms && !blind.stoi && !blind.spectral_distance_db);
  CHECK(!MeasureNearEnd(capture, capture, std::nullopt, {}).latency_ms);
  CHECK_THROWS(
      InputError, "not as long as",
      MeasureNearEnd(capture, capture, SoundOf({0, 0, 0}), segments));
}

}  // namespace
