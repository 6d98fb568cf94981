// Sends each creation to the adapter of the wanted flavor.
#include <stdexcept>
#include <string>

#include "adapter.h"
#include "audio_processing_shim.h"

namespace webrtc_shim {

std::unique_ptr<AudioProcessor> CreateAudioProcessor(Flavor flavor,
                                                     const Format& format,
                                                     const Settings& settings) {
#ifdef UNFORK_HAS_LEGACY
  if (flavor == Flavor::kLegacy)
    return legacy::Create(format, settings);
#endif
#ifdef UNFORK_HAS_LATEST
  if (flavor == Flavor::kLatest)
    return latest::Create(format, settings);
#endif
  throw std::logic_error("this program was built without flavor " +
                         std::string(FlavorName(flavor)));
}

std::unique_ptr<AudioProcessor> CreateAudioProcessor(const Format& format,
                                                     const Settings& settings) {
  return CreateAudioProcessor(ProcessFlavor(), format, settings);
}

}  // namespace webrtc_shim
