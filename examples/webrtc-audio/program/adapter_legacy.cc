// Adapter for the API of WebRTC M120. Sees the legacy tree's headers only.
//
// UNFORK_LEGACY_NAMESPACE is the namespace that holds the release's names:
// webrtc_legacy once isolated, webrtc in a tree left as upstream wrote it.
#include <memory>
#include <utility>

#include "adapter.h"
#include "apm_processor.h"
#include "apm_settings.h"
#include "modules/audio_processing/include/audio_processing.h"

#ifndef UNFORK_LEGACY_NAMESPACE
#define UNFORK_LEGACY_NAMESPACE webrtc_legacy
#endif

namespace webrtc_shim::legacy {

namespace upstream = UNFORK_LEGACY_NAMESPACE;

const char kRelease[] = "M120";

std::unique_ptr<AudioProcessor> Create(const Format& format,
                                       const Settings& settings) {
  upstream::AudioProcessing::Config config;
  auto unsupported =
      ApplySettings(settings, /*has_transient_suppression=*/true, config);
  auto apm = upstream::AudioProcessingBuilder().SetConfig(config).Create();
  return std::make_unique<ApmProcessor<decltype(apm), upstream::StreamConfig>>(
      std::move(apm), format, std::move(unsupported));
}

}  // namespace webrtc_shim::legacy
