// The program's own failures, by exit code. Anything else that reaches main
// is a bug of ours (exit 70).
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_ERRORS_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_ERRORS_H_

#include <stdexcept>

namespace webrtc_audio {

// Wrong usage, or an input file that is not what it should be: exit 2.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The machine refuses, for instance a full disk: exit 3.
class EnvironmentError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_ERRORS_H_
