// Two small "releases" in place of WebRTC: each scales the capture signal by a
// factor of its own and subtracts the far end. With them the program around
// the releases builds in seconds and can be tested without any download.
#include <memory>
#include <utility>

#include "audio_processor.h"

namespace webrtc_audio {
namespace {

class Scaler final : public AudioProcessor {
 public:
  Scaler(const Format& format,
         float factor,
         std::vector<std::string> unsupported)
      : format_(format),
        factor_(factor),
        unsupported_(std::move(unsupported)) {}

  void ProcessRender(const float* const* channels) override {
    far_.assign(channels[0], channels[0] + format_.frame_length());
  }

  void ProcessCapture(float* const* channels, int) override {
    for (int c = 0; c < format_.capture_channels; ++c) {
      for (int i = 0; i < format_.frame_length(); ++i) {
        channels[c][i] =
            factor_ * (channels[c][i] - far_.at(static_cast<size_t>(i)));
      }
    }
    ++frames_;
  }

  Statistics GetStatistics() override {
    Statistics statistics;
    statistics.delay_ms = frames_;
    return statistics;
  }
  const std::vector<std::string>& unsupported() const override {
    return unsupported_;
  }

 private:
  Format format_;
  float factor_;
  std::vector<float> far_;
  std::vector<std::string> unsupported_;
  int frames_ = 0;
};

}  // namespace

std::string_view FlavorName(Flavor flavor) {
  return flavor == Flavor::kLegacy ? "legacy" : "latest";
}

std::optional<Flavor> ParseFlavor(std::string_view name) {
  for (Flavor flavor : {Flavor::kLegacy, Flavor::kLatest}) {
    if (name == FlavorName(flavor))
      return flavor;
  }
  return std::nullopt;
}

std::vector<BuiltFlavor> BuiltFlavors() {
  return {{Flavor::kLegacy, "R1"}, {Flavor::kLatest, "R2"}};
}

void SetProcessFlavor(Flavor) {}

std::unique_ptr<AudioProcessor> CreateAudioProcessor(Flavor flavor,
                                                     const Format& format,
                                                     const Settings& settings) {
  std::vector<std::string> unsupported;
  if (flavor == Flavor::kLatest && settings.mobile_echo_canceller)
    unsupported.push_back("mobile");
  return std::make_unique<Scaler>(
      format, flavor == Flavor::kLegacy ? 0.5f : 0.25f, std::move(unsupported));
}

std::unique_ptr<AudioProcessor> CreateAudioProcessor(const Format& format,
                                                     const Settings& settings) {
  return CreateAudioProcessor(Flavor::kLatest, format, settings);
}

}  // namespace webrtc_audio
