// Writes one JSON object on one line, members in the order given.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_JSON_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_JSON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace webrtc_audio {

class JsonObject {
 public:
  JsonObject& Text(std::string_view key, std::string_view value);
  JsonObject& Texts(std::string_view key,
                    const std::vector<std::string>& values);
  JsonObject& Whole(std::string_view key, int64_t value);
  // Three decimals, enough for dB; null when empty.
  JsonObject& Real(std::string_view key, std::optional<double> value);
  JsonObject& Object(std::string_view key, const JsonObject& value);

  std::string str() const { return "{" + members_ + "}"; }

 private:
  JsonObject& Member(std::string_view key, const std::string& json);

  std::string members_;
};

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_JSON_H_
