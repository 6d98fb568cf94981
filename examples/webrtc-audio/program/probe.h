// What the machine says about a run: processor time and memory. Differs from
// run to run.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_PROBE_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_PROBE_H_

#include <cstdint>
#include <vector>

namespace webrtc_audio {

// Processor time this thread has used so far, in nanoseconds.
int64_t ThreadCpuNs();

// The largest resident size the process ever had (VmHWM), in KiB; 0 where the
// system does not tell.
int64_t PeakResidentKiB();

// The value at a share of [0, 1] of the sorted values by nearest rank; 0 when
// there is none.
int64_t Percentile(std::vector<int64_t> values, double share);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_PROBE_H_
