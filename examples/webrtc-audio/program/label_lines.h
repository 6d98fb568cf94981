// Files of labelled stretches: from and to in seconds and a word per line, as
// Audacity exports its label tracks.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_LABEL_LINES_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_LABEL_LINES_H_

#include <functional>
#include <string>
#include <string_view>

namespace webrtc_audio {

struct LabelLine {
  double from_seconds;
  double to_seconds;
  std::string label;
};

// Of three words. Throws InputError for a stretch that is empty or starts
// before 0.
LabelLine MakeLabelLine(std::string_view label,
                        std::string_view from,
                        std::string_view to);

// Gives each line that is neither empty nor starts with #. Throws InputError
// naming file and line, also for what `take` throws.
void ReadLabelLines(const std::string& path,
                    const std::function<void(const LabelLine&)>& take);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_LABEL_LINES_H_
