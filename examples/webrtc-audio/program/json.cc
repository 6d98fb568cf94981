// Spells JSON (RFC 8259). Strings are ASCII words of ours; quotes, backslashes
// and control characters are escaped all the same.
#include "json.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace webrtc_audio {
namespace {

std::string Quote(std::string_view text) {
  std::string json = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      json += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof(escape), "\\u%04x",
                    static_cast<unsigned>(c));
      json += escape;
    } else {
      json += c;
    }
  }
  return json + '"';
}

}  // namespace

JsonObject& JsonObject::Member(std::string_view key, const std::string& json) {
  if (!members_.empty())
    members_ += ',';
  members_ += Quote(key) + ':' + json;
  return *this;
}

JsonObject& JsonObject::Text(std::string_view key, std::string_view value) {
  return Member(key, Quote(value));
}

JsonObject& JsonObject::Texts(std::string_view key,
                              const std::vector<std::string>& values) {
  std::string json = "[";
  for (const std::string& value : values) {
    if (json.size() > 1)
      json += ',';
    json += Quote(value);
  }
  return Member(key, json + ']');
}

JsonObject& JsonObject::Whole(std::string_view key, int64_t value) {
  return Member(key, std::to_string(value));
}

JsonObject& JsonObject::Real(std::string_view key,
                             std::optional<double> value) {
  if (!value || !std::isfinite(*value))
    return Member(key, "null");
  const double rounded = std::round(*value * 1000) / 1000;
  char digits[400];
  const auto end =
      std::to_chars(digits, digits + sizeof(digits), rounded == 0 ? 0 : rounded,
                    std::chars_format::fixed, 3);
  return Member(key, std::string(digits, end.ptr));
}

JsonObject& JsonObject::Object(std::string_view key, const JsonObject& value) {
  return Member(key, value.str());
}

}  // namespace webrtc_audio
