// The command line as values.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_OPTIONS_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_OPTIONS_H_

#include <map>
#include <string>
#include <vector>

#include "audio_processor.h"
#include "schedule.h"
#include "segments.h"

namespace webrtc_audio {

struct Options {
  enum class Action { kRun, kHelp, kVersion, kListFlavors };

  Action action = Action::kRun;
  // The flavors to run and where each writes its sound: one, or with --both
  // two.
  std::map<Flavor, std::string> outputs;
  std::string capture;
  std::string render;  // empty: nobody speaks at the far end
  std::string near;    // the near end alone; empty: not at hand
  int render_delay_ms = 0;
  std::vector<Event> events;
  Settings settings;
  std::vector<Segment> segments;
};

// Reads the arguments (without the program's name), the segments and events.
// Throws InputError for anything unknown, missing, doubled or contradictory.
Options ParseOptions(const std::vector<std::string>& arguments);

// What --help prints.
std::string HelpText();

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_OPTIONS_H_
