// How M120 makes an audio processing module.
namespace webrtc_shim::detail {

struct LegacyByHand {
  static unfork::scoped_refptr<AudioProcessing> CreateAudioProcessing(
      const AudioProcessing::Config& config) {
    using Library = Legacy::AudioProcessing_Config;
    auto made = ::webrtc_legacy::AudioProcessingBuilder()
                    .SetConfig(unfork::ToLibrary<Legacy, Library>(
                        config, unfork::Lender()))
                    .Create();
    return unfork::ToShim<Legacy, unfork::scoped_refptr<AudioProcessing>>(
        made, unfork::Lender());
  }
};

}  // namespace webrtc_shim::detail
