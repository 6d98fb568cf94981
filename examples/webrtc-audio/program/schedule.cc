// Reads events and finds those of a frame.
#include "schedule.h"

#include <string_view>

#include "errors.h"
#include "label_lines.h"
#include "numbers.h"

namespace webrtc_audio {
namespace {

constexpr std::string_view kDelay = "delay:";
// Frames begin on whole hundredths of a second, whatever a double makes of it.
constexpr double kTolerance = 1e-6;

Event MakeEvent(const LabelLine& line) {
  Event event{line.from_seconds, line.to_seconds, std::nullopt};
  const std::string_view word = line.label;
  if (word == "no-render")
    return event;
  if (!word.starts_with(kDelay)) {
    throw InputError("event '" + line.label +
                     "' is neither no-render nor delay:MS");
  }
  event.delay_ms = ParseWhole(word.substr(kDelay.size()), "delay", 0, 500);
  return event;
}

bool Covers(const Event& event, size_t frame) {
  const double at = double(frame) / 100 + kTolerance;
  return event.from_seconds <= at && at < event.to_seconds;
}

}  // namespace

int Schedule::DelayMs(size_t frame) const {
  int delay = delay_ms_;
  for (const Event& event : events_) {
    if (event.delay_ms && Covers(event, frame))
      delay = *event.delay_ms;
  }
  return delay;
}

bool Schedule::HasRender(size_t frame) const {
  for (const Event& event : events_) {
    if (!event.delay_ms && Covers(event, frame))
      return false;
  }
  return true;
}

std::vector<Event> ReadEvents(const std::string& path) {
  std::vector<Event> events;
  ReadLabelLines(path, [&](const LabelLine& line) {
    events.push_back(MakeEvent(line));
  });
  return events;
}

}  // namespace webrtc_audio
