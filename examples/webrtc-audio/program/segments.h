// Labelled stretches of the capture signal, over which levels are compared.
//
// A segments file has one stretch per line: from and to in seconds and a
// label, separated by tabs or blanks, as Audacity exports its label tracks;
// empty lines and lines that start with # are skipped:
//
//   0.0   1.5   noise
//   2.0   6.5   far
//   7.0   9.0   near
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_SEGMENTS_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_SEGMENTS_H_

#include <string>
#include <string_view>
#include <vector>

namespace webrtc_audio {

// What is to be heard during a stretch.
enum class Label {
  kNoise,   // noise alone, nobody speaks
  kFar,     // the far end alone speaks: all speech is echo
  kNear,    // the near end alone speaks
  kDouble,  // both ends speak
};

struct Segment {
  Label label;
  double from_seconds;
  double to_seconds;
};

// Reads "LABEL:FROM-TO", for instance "far:2.0-6.5". Throws InputError.
Segment ParseSegment(std::string_view text);

// Reads a segments file. Throws InputError naming file and line.
std::vector<Segment> ReadSegments(const std::string& path);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_SEGMENTS_H_
