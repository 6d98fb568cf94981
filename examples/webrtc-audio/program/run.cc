// The frame loop.
#include "run.h"

#include <algorithm>
#include <string>

#include "errors.h"
#include "probe.h"

namespace webrtc_audio {
namespace {


// One 10 ms frame, channel after channel.
class Frame {
 public:
  Frame(int channels, int length)
      : length_(length), samples_(channels * length) {
    for (int c = 0; c < channels; ++c) {
      channels_.push_back(samples_.data() + c * length);
    }
  }

  float* const* channels() { return channels_.data(); }

  // Takes frame `index` out of a sound; silence where the sound has ended.
  void Load(const Sound& sound, size_t index) {
    std::fill(samples_.begin(), samples_.end(), 0.0f);
    const size_t begin = index * length_;
    const size_t end = std::min(begin + length_, sound.length());
    for (size_t i = begin; i < end; ++i) {
      for (size_t c = 0; c < channels_.size(); ++c) {
        channels_[c][i - begin] = sound.samples[i * sound.channels + c];
      }
    }
  }

  // Appends the frame to a sound, but not beyond `length` samples per channel,
  // in the steps of the file it is written to.
  void Store(Sound& sound, size_t length) const {
    const size_t count = std::min<size_t>(length_, length - sound.length());
    for (size_t i = 0; i < count; ++i) {
      for (const float* channel : channels_) {
        sound.samples.push_back(static_cast<float>(ToPcm16(channel[i])) /
                                32768.0f);
      }
    }
  }

 private:
  size_t length_;
  std::vector<float> samples_;
  std::vector<float*> channels_;
};

}  // namespace

Format CommonFormat(const Sound& capture, const std::optional<Sound>& render) {
  Format format{.sample_rate_hz = capture.sample_rate_hz,
                .capture_channels = capture.channels,
                .render_channels = 1};
  if (!render)
    return format;
  if (render->sample_rate_hz != capture.sample_rate_hz) {
    throw InputError("capture has " + std::to_string(capture.sample_rate_hz) +
                     " Hz, render " + std::to_string(render->sample_rate_hz) +
                     " Hz; they must be equal");
  }
  format.render_channels = render->channels;
  return format;
}

void RunLanes(const Sound& capture,
              const std::optional<Sound>& render,
              const Schedule& schedule,
              std::vector<Lane>& lanes) {
  const Format format = CommonFormat(capture, render);
  const size_t length = format.frame_length();
  const size_t frames = (capture.length() + length - 1) / length;
  Frame near_end(format.capture_channels, format.frame_length());
  Frame far_end(format.render_channels, format.frame_length());
  for (Lane& lane : lanes) {
    lane.output = {capture.sample_rate_hz, capture.channels, {}};
    lane.output.samples.reserve(capture.samples.size());
    lane.frame_cpu_ns.reserve(frames);
  }
  for (size_t index = 0; index < frames; ++index) {
    if (render)
      far_end.Load(*render, index);
    for (Lane& lane : lanes) {
      near_end.Load(capture, index);
      const int64_t begin = ThreadCpuNs();
      if (schedule.HasRender(index))
        lane.processor->ProcessRender(far_end.channels());
      lane.processor->ProcessCapture(near_end.channels(),
                                     schedule.DelayMs(index));
      lane.frame_cpu_ns.push_back(ThreadCpuNs() - begin);
      // Read each time: the module keeps one snapshot until someone takes it.
      lane.statistics = lane.processor->GetStatistics();
      near_end.Store(lane.output, capture.length());
    }
  }
}

}  // namespace webrtc_audio
