// Feeds one signal to one or several processors, 10 ms at a time.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_RUN_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_RUN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "audio_processor.h"
#include "schedule.h"
#include "wav.h"

namespace webrtc_audio {

// One flavor at work, and what became of it.
struct Lane {
  Flavor flavor;
  std::unique_ptr<AudioProcessor> processor;
  // The processed capture signal, as long as the input, in 16-bit steps.
  Sound output = {};
  // What the module said of itself after the last frame.
  Statistics statistics = {};
  // Processor time of each frame: render and capture together.
  std::vector<int64_t> frame_cpu_ns = {};
};

// The frame shape shared by both signals. Throws InputError when their rates
// differ. `render` may be absent: the far end is then silent and mono.
Format CommonFormat(const Sound& capture,
                                 const std::optional<Sound>& render);

// Runs all lanes over the signal; each frame goes to every lane before the
// next frame begins. The last frame is filled up with silence, a render signal
// that is too short as well. The schedule holds for all lanes alike.
void RunLanes(const Sound& capture,
              const std::optional<Sound>& render,
              const Schedule& schedule,
              std::vector<Lane>& lanes);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_RUN_H_
