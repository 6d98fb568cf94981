// How M150 makes an audio processing module: in an environment, by a builder
// that stands in a header of its own.
#include "api/audio/builtin_audio_processing_builder.h"
#include "api/environment/environment_factory.h"

namespace webrtc_shim::detail {

struct LatestByHand {
  static unfork::scoped_refptr<AudioProcessing> CreateAudioProcessing(
      const AudioProcessing::Config& config) {
    using Library = Latest::AudioProcessing_Config;
    auto made = ::webrtc_latest::BuiltinAudioProcessingBuilder(
                    unfork::ToLibrary<Latest, Library>(config,
                                                       unfork::Lender()))
                    .Build(::webrtc_latest::CreateEnvironment());
    return unfork::ToShim<Latest, unfork::scoped_refptr<AudioProcessing>>(
        made, unfork::Lender());
  }
};

}  // namespace webrtc_shim::detail
