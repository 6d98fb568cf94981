// Wraps a release's AudioProcessing object as an AudioProcessor. A template
// over the release's types, instantiated once per adapter unit.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_APM_PROCESSOR_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_APM_PROCESSOR_H_

#include <string>
#include <utility>
#include <vector>

#include "audio_processing_shim.h"

namespace webrtc_shim {

// Converts any optional-like value to std::optional<T>.
template <class T, class From>
std::optional<T> ToOptional(const From& value) {
  if (!value.has_value())
    return std::nullopt;
  return static_cast<T>(*value);
}

// `Handle` is the release's counted pointer to AudioProcessing, `StreamConfig`
// its description of a stream.
template <class Handle, class StreamConfig>
class ApmProcessor final : public AudioProcessor {
 public:
  ApmProcessor(Handle apm,
               const Format& format,
               std::vector<std::string> unsupported)
      : apm_(std::move(apm)),
        capture_(format.sample_rate_hz, format.capture_channels),
        render_(format.sample_rate_hz, format.render_channels),
        render_length_(format.frame_length()),
        render_scratch_(format.render_channels * format.frame_length()),
        unsupported_(std::move(unsupported)) {
    if (!apm_)
      throw ShimError("the audio processing module was not created");
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
    throw ShimError(std::string(call) + " failed with " +
                    std::to_string(result));
  }

  Handle apm_;
  StreamConfig capture_;
  StreamConfig render_;
  int render_length_;
  // Where the module puts its copy of the far end; nobody listens to it.
  std::vector<float> render_scratch_;
  std::vector<float*> render_out_;
  std::vector<std::string> unsupported_;
};

}  // namespace webrtc_shim

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_APM_PROCESSOR_H_
