// Entry points of the adapter units, one per flavor; only the ones the program
// was built with are defined.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_ADAPTER_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_ADAPTER_H_

#include <memory>

#include "audio_processing_shim.h"

namespace webrtc_shim {

namespace legacy {
extern const char kRelease[];
std::unique_ptr<AudioProcessor> Create(const Format& format,
                                       const Settings& settings);
}  // namespace legacy

namespace latest {
extern const char kRelease[];
std::unique_ptr<AudioProcessor> Create(const Format& format,
                                       const Settings& settings);
}  // namespace latest

}  // namespace webrtc_shim

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_ADAPTER_H_
