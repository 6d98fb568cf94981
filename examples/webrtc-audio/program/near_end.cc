// Takes the stretches of the near end out of the sounds, aligned, and measures.
#include "near_end.h"

#include <algorithm>
#include <cmath>

#include "errors.h"
#include "intelligibility.h"
#include "latency.h"
#include "spectral_distance.h"
#include "speech_level.h"

namespace webrtc_audio {
namespace {

using Samples = std::vector<double>;

constexpr double kMostLatencySeconds = 0.08;
// As much as tells a delay; more costs time.
constexpr double kLatencySeconds = 4;

// The first channel over all stretches of these labels, each `shift` samples
// later; silence beyond the end.
Samples Collect(const Sound& sound,
                const std::vector<Segment>& segments,
                std::initializer_list<Label> labels,
                size_t shift) {
  Samples samples;
  for (const Segment& segment : segments) {
    if (std::find(labels.begin(), labels.end(), segment.label) == labels.end())
      continue;
    const auto at = [&](double seconds) {
      return size_t(std::llround(seconds * sound.sample_rate_hz)) + shift;
    };
    for (size_t i = at(segment.from_seconds); i < at(segment.to_seconds); ++i) {
      samples.push_back(
          i < sound.length() ? sound.samples[i * sound.channels] : 0.0);
    }
  }
  return samples;
}

std::optional<size_t> LatencyOf(const Sound& input,
                                const Sound& output,
                                const std::vector<Segment>& segments) {
  Samples before = Collect(input, segments, {Label::kNear}, 0);
  Samples after = Collect(output, segments, {Label::kNear}, 0);
  const size_t most = std::min(
      before.size(), size_t(kLatencySeconds * input.sample_rate_hz));
  before.resize(most);
  after.resize(most);
  return DelayOf(before, after,
                 size_t(kMostLatencySeconds * input.sample_rate_hz));
}

void CompareWithNear(const Sound& capture,
                     const Sound& output,
                     const Sound& near,
                     const std::vector<Segment>& segments,
                     size_t latency,
                     NearEnd& result) {
  const double rate = capture.sample_rate_hz;
  const auto take = [&](const Sound& sound,
                        std::initializer_list<Label> labels, size_t shift) {
    return Collect(sound, segments, labels, shift);
  };
  result.spectral_distance_db =
      LogSpectralDistanceDb(take(near, {Label::kNear}, 0),
                            take(output, {Label::kNear}, latency), rate);
  const auto spoken = {Label::kNear, Label::kDouble};
  const Samples clean = take(near, spoken, 0);
  result.stoi = Stoi(clean, take(output, spoken, latency), rate);
  const auto before = Stoi(clean, take(capture, spoken, 0), rate);
  if (result.stoi && before)
    result.stoi_gain = *result.stoi - *before;
}

}  // namespace

NearEnd MeasureNearEnd(const Sound& capture,
                       const Sound& output,
                       const std::optional<Sound>& near,
                       const std::vector<Segment>& segments) {
  if (near && (near->sample_rate_hz != capture.sample_rate_hz ||
               near->length() != capture.length())) {
    throw InputError(
        "the near end alone is not as long as the capture signal, at its rate");
  }
  NearEnd result;
  const auto latency = LatencyOf(near ? *near : capture, output, segments);
  if (latency)
    result.latency_ms = 1000.0 * double(*latency) / capture.sample_rate_hz;
  result.speech_level_dbfs = ActiveSpeechLevelDbfs(
      Collect(output, segments, {Label::kNear}, 0), capture.sample_rate_hz);
  if (near)
    CompareWithNear(capture, output, *near, segments, latency.value_or(0),
                    result);
  return result;
}

}  // namespace webrtc_audio
