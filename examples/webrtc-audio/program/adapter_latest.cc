// Adapter for the API of WebRTC M150. Sees the latest tree's headers only.
//
// UNFORK_LATEST_NAMESPACE is the namespace that holds the release's names:
// webrtc_latest once isolated, webrtc in a tree left as upstream wrote it.
#include <memory>
#include <utility>

#include "adapter.h"
#include "api/audio/audio_processing.h"
#include "api/audio/builtin_audio_processing_builder.h"
#include "api/environment/environment_factory.h"
#include "apm_processor.h"
#include "apm_settings.h"

#ifndef UNFORK_LATEST_NAMESPACE
#define UNFORK_LATEST_NAMESPACE webrtc_latest
#endif

namespace webrtc_shim::latest {

namespace upstream = UNFORK_LATEST_NAMESPACE;

const char kRelease[] = "M150";

std::unique_ptr<AudioProcessor> Create(const Format& format,
                                       const Settings& settings) {
  upstream::AudioProcessing::Config config;
  auto unsupported =
      ApplySettings(settings, /*has_transient_suppression=*/false, config);
  auto apm = upstream::BuiltinAudioProcessingBuilder(config).Build(
      upstream::CreateEnvironment());
  return std::make_unique<ApmProcessor<decltype(apm), upstream::StreamConfig>>(
      std::move(apm), format, std::move(unsupported));
}

}  // namespace webrtc_shim::latest
