// The line of JSON that a flavor's run ends with.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_REPORT_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_REPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "run.h"
#include "segments.h"
#include "wav.h"

namespace webrtc_audio {

// One object: `flavor`, `release`, `sampleRateHz`, `channels`, `frames`,
// `unsupported` (settings this release lacks), `quality` (levels in dB, the
// same on every run; `apm` is what the module itself reports at the end) and
// `measured` (nanoseconds of processor time per 10 ms frame; peak memory of
// the whole process in KiB, so with --both of both flavors together). `near` is
// the near end alone, where it is at hand.
std::string DescribeRun(const Sound& input,
                        const std::vector<Segment>& segments,
                        const Lane& lane,
                        const std::optional<Sound>& near = std::nullopt);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_REPORT_H_
