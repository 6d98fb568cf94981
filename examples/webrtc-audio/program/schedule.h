// What the program tells and shows the module, frame by frame: the delay of the
// render signal, and render frames that never arrive.
//
// An events file has one event per line: from and to in seconds and a word,
// separated by tabs or blanks; empty lines and lines that start with # are
// skipped. The last event that covers a frame holds:
//
//   2.0   5.0   delay:180
//   3.0   3.5   no-render
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_SCHEDULE_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_SCHEDULE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace webrtc_audio {

struct Event {
  double from_seconds;
  double to_seconds;
  // Set: the delay to tell, in ms. Empty: no render frame is shown.
  std::optional<int> delay_ms;
};

class Schedule {
 public:
  Schedule(int delay_ms, std::vector<Event> events = {})
      : delay_ms_(delay_ms), events_(std::move(events)) {}

  // Of a frame of 10 ms, counted from 0.
  int DelayMs(size_t frame) const;
  bool HasRender(size_t frame) const;

 private:
  int delay_ms_;
  std::vector<Event> events_;
};

// Reads an events file. Throws InputError naming file and line.
std::vector<Event> ReadEvents(const std::string& path);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_SCHEDULE_H_
