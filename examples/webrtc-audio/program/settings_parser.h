// The settings of the audio processing module as key=value words.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_SETTINGS_PARSER_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_SETTINGS_PARSER_H_

#include <string>
#include <string_view>

#include "audio_processor.h"

namespace webrtc_audio {

// Applies one "key=value". Throws InputError naming the key, the value and
// what would have been valid.
void ApplySetting(std::string_view word, Settings& settings);

// One line per key with its values, for the help text.
std::string DescribeSettings();

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_SETTINGS_PARSER_H_
