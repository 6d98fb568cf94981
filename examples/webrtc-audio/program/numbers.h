// Numbers from text, without regard to the locale.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_NUMBERS_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_NUMBERS_H_

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "errors.h"

namespace webrtc_audio {

// The finite number that `text` spells, all of it. Throws InputError that
// calls the number `what`.
inline double ParseNumber(std::string_view text, const std::string& what) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) {
    throw InputError(what + " '" + std::string(text) + "' is not a number");
  }
  return value;
}

// A whole number within [low, high].
inline int ParseWhole(std::string_view text,
                      const std::string& what,
                      int low,
                      int high) {
  const double value = ParseNumber(text, what);
  if (value < low || value > high || value != std::floor(value)) {
    throw InputError(what + " '" + std::string(text) +
                     "' is not a whole number from " + std::to_string(low) +
                     " to " + std::to_string(high));
  }
  return static_cast<int>(value);
}

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_NUMBERS_H_
