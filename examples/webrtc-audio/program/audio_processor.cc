// The audio processing module behind the shim: whichever release runs, this is
// written once.
#include "audio_processor.h"

#include <utility>

#include "apm_config.h"
#include "webrtc_shim/webrtc_shim.h"

namespace webrtc_audio {
namespace {

// Converts any optional-like value to std::optional<T>.
template <class T, class From>
std::optional<T> ToOptional(const From& value) {
  if (!value.has_value())
    return std::nullopt;
  return static_cast<T>(*value);
}

webrtc_shim::Flavor ShimFlavor(Flavor flavor) {
  return flavor == Flavor::kLegacy ? webrtc_shim::Flavor::kLegacy
                                   : webrtc_shim::Flavor::kLatest;
}

class ApmProcessor final : public AudioProcessor {
 public:
  ApmProcessor(webrtc_shim::scoped_refptr<webrtc_shim::AudioProcessing> apm,
               const Format& format,
               std::vector<std::string> unsupported)
      : apm_(std::move(apm)),
        capture_(format.sample_rate_hz, format.capture_channels),
        render_(format.sample_rate_hz, format.render_channels),
        render_length_(format.frame_length()),
        render_scratch_(format.render_channels * format.frame_length()),
        unsupported_(std::move(unsupported)) {
    if (!apm_)
      throw ProcessorError("the audio processing module was not created");
    for (int i = 0; i < format.render_channels; ++i) {
      render_out_.push_back(render_scratch_.data() + i * render_length_);
    }
  }

  void ProcessRender(const float* const* channels) override {
    Check(apm_->ProcessReverseStream(channels, render_, render_,
                                     render_out_.data()),
          "ProcessReverseStream");
  }

  void ProcessCapture(float* const* channels, int delay_ms) override {
    Check(apm_->set_stream_delay_ms(delay_ms), "set_stream_delay_ms");
    Check(apm_->ProcessStream(channels, capture_, capture_, channels),
          "ProcessStream");
  }

  Statistics GetStatistics() override {
    const auto from = apm_->GetStatistics();
    return {
        .echo_return_loss_db = ToOptional<double>(from.echo_return_loss),
        .echo_return_loss_enhancement_db =
            ToOptional<double>(from.echo_return_loss_enhancement),
        .residual_echo_likelihood =
            ToOptional<double>(from.residual_echo_likelihood),
        .delay_ms = ToOptional<int>(from.delay_ms),
    };
  }

  const std::vector<std::string>& unsupported() const override {
    return unsupported_;
  }

 private:
  // Both releases answer 0 for success and a negative number otherwise.
  static void Check(int result, const char* call) {
    if (result == 0)
      return;
    throw ProcessorError(std::string(call) + " failed with " +
                         std::to_string(result));
  }

  webrtc_shim::scoped_refptr<webrtc_shim::AudioProcessing> apm_;
  webrtc_shim::StreamConfig capture_;
  webrtc_shim::StreamConfig render_;
  int render_length_;
  // Where the module puts its copy of the far end; nobody listens to it.
  std::vector<float> render_scratch_;
  std::vector<float*> render_out_;
  std::vector<std::string> unsupported_;
};

std::unique_ptr<AudioProcessor> Create(Flavor flavor,
                                       const Format& format,
                                       const Settings& settings) {
  Config config;
  auto unsupported = ApplySettings(settings, flavor, config);
  return std::make_unique<ApmProcessor>(
      webrtc_shim::CreateAudioProcessing(config), format,
      std::move(unsupported));
}

}  // namespace

std::string_view FlavorName(Flavor flavor) {
  return webrtc_shim::FlavorName(ShimFlavor(flavor));
}

std::optional<Flavor> ParseFlavor(std::string_view name) {
  for (Flavor flavor : {Flavor::kLegacy, Flavor::kLatest}) {
    if (name == FlavorName(flavor))
      return flavor;
  }
  return std::nullopt;
}

std::vector<BuiltFlavor> BuiltFlavors() {
  std::vector<BuiltFlavor> built;
  for (Flavor flavor : {Flavor::kLegacy, Flavor::kLatest}) {
    if (webrtc_shim::IsFlavorBuilt(ShimFlavor(flavor)))
      built.push_back({flavor, webrtc_shim::FlavorRelease(ShimFlavor(flavor))});
  }
  return built;
}

void SetProcessFlavor(Flavor flavor) {
  webrtc_shim::SetFlavor(ShimFlavor(flavor));
}

std::unique_ptr<AudioProcessor> CreateAudioProcessor(const Format& format,
                                                     const Settings& settings) {
  const bool legacy =
      webrtc_shim::ProcessFlavor() == webrtc_shim::Flavor::kLegacy;
  return Create(legacy ? Flavor::kLegacy : Flavor::kLatest, format, settings);
}

std::unique_ptr<AudioProcessor> CreateAudioProcessor(Flavor flavor,
                                                     const Format& format,
                                                     const Settings& settings) {
  const webrtc_shim::FlavorScope scope(ShimFlavor(flavor));
  return Create(flavor, format, settings);
}

}  // namespace webrtc_audio
