// Uses a few classes of the audio surface on both flavors, one after the other in one process.
#include <cstdio>
#include <vector>

#include "webrtc_shim/webrtc_shim.h"

namespace {

using namespace webrtc_shim;

void Run(Flavor flavor) {
  const FlavorScope scope(flavor);
  std::vector<int16_t> in(480, 1000), out(480);
  size_t length = 0;
  Resampler resampler(48000, 16000, 1);
  const int pushed = resampler.Push(in.data(), in.size(), out.data(), out.size(), length);
  const auto vad = CreateVad(Vad::kVadAggressive);
  const int activity = vad->VoiceActivity(in.data(), in.size(), 48000);
  AudioFrame frame, copy;
  frame.UpdateFrame(7, in.data(), in.size(), 48000, AudioFrame::kNormalSpeech, AudioFrame::kVadActive, 1);
  copy.CopyFrom(frame);
  EchoCanceller3Config config;
  config.delay.default_delay = 9999;
  const bool valid = EchoCanceller3Config::Validate(&config);
  std::printf("%s: resampled %zu (%d), voice %d, frame %zu at %d Hz, delay %zu made valid: %d\n", FlavorRelease(flavor), length, pushed, activity,
              copy.samples_per_channel(), copy.sample_rate_hz(), config.delay.default_delay, !valid);
}

}  // namespace

int main() {
  Run(Flavor::kLegacy);
  Run(Flavor::kLatest);
}
