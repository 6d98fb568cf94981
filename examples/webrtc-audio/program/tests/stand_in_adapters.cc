// Two small "releases" in place of WebRTC: each scales the capture signal by a
// factor of its own and subtracts the far end. With them the program around
// the releases builds in seconds and can be tested without any download.
#include <memory>
#include <utility>

#include "adapter.h"

namespace webrtc_shim {
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

namespace legacy {
const char kRelease[] = "R1";
std::unique_ptr<AudioProcessor> Create(const Format& format, const Settings&) {
  return std::make_unique<Scaler>(format, 0.5f, std::vector<std::string>{});
}
}  // namespace legacy

namespace latest {
const char kRelease[] = "R2";
std::unique_ptr<AudioProcessor> Create(const Format& format,
                                       const Settings& settings) {
  std::vector<std::string> unsupported;
  if (settings.mobile_echo_canceller)
    unsupported.push_back("mobile");
  return std::make_unique<Scaler>(format, 0.25f, std::move(unsupported));
}
}  // namespace latest

}  // namespace webrtc_shim
