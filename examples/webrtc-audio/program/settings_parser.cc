// The table of settings: key, values, effect.
#include "settings_parser.h"

#include <cmath>
#include <utility>

#include "errors.h"
#include "numbers.h"

namespace webrtc_audio {
namespace {


// The value spelled by `text` among named ones.
template <class T, size_t N>
T Choose(std::string_view key,
         std::string_view text,
         const std::pair<std::string_view, T> (&choices)[N]) {
  std::string names;
  for (const auto& [name, value] : choices) {
    if (name == text)
      return value;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  throw InputError("setting " + std::string(key) + ": '" + std::string(text) +
                   "' is none of " + names);
}

bool OnOff(std::string_view key, std::string_view text) {
  return Choose<bool>(key, text, {{"on", true}, {"off", false}});
}

float Decibels(std::string_view key, std::string_view text, float high) {
  const double value = ParseNumber(text, std::string(key));
  if (value < 0 || value > high) {
    throw InputError("setting " + std::string(key) + ": '" + std::string(text) +
                     "' is not from 0 to " + std::to_string(std::lround(high)));
  }
  return static_cast<float>(value);
}

struct Key {
  std::string_view name;
  std::string_view help;
  void (*apply)(std::string_view key, std::string_view text, Settings& s);
};

using View = std::string_view;

constexpr Key kKeys[] = {
    {"aec", "on|off  echo canceller (on)",
     [](View k, View v, Settings& s) { s.echo_canceller = OnOff(k, v); }},
    {"mobile", "on|off  the echo canceller for phones, M120 only (off)",
     [](View k, View v, Settings& s) {
       s.mobile_echo_canceller = OnOff(k, v);
     }},
    {"hpf", "on|off  high-pass filter (on)",
     [](View k, View v, Settings& s) { s.high_pass_filter = OnOff(k, v); }},
    {"ns", "off|low|moderate|high|very-high  noise suppression (moderate)",
     [](View k, View v, Settings& s) {
       s.noise_suppression = Choose<NoiseSuppression>(
           k, v,
           {{"off", NoiseSuppression::kOff},
            {"low", NoiseSuppression::kLow},
            {"moderate", NoiseSuppression::kModerate},
            {"high", NoiseSuppression::kHigh},
            {"very-high", NoiseSuppression::kVeryHigh}});
     }},
    {"transient", "on|off  suppression of key clicks, M120 only (off)",
     [](View k, View v, Settings& s) {
       s.transient_suppression = OnOff(k, v);
     }},
    {"agc", "off|adaptive|fixed  first gain controller, digital (off)",
     [](View k, View v, Settings& s) {
       s.gain_control =
           Choose<GainControl>(k, v,
                               {{"off", GainControl::kOff},
                                {"adaptive", GainControl::kAdaptiveDigital},
                                {"fixed", GainControl::kFixedDigital}});
     }},
    {"agc-target", "0..31  its target, dB below full scale (3)",
     [](View k, View v, Settings& s) {
       s.gain_control_target_dbfs = ParseWhole(v, std::string(k), 0, 31);
     }},
    {"agc-gain", "0..90  its gain in dB (9)",
     [](View k, View v, Settings& s) {
       s.gain_control_gain_db = ParseWhole(v, std::string(k), 0, 90);
     }},
    {"agc2", "on|off  second gain controller, adaptive (off)",
     [](View k, View v, Settings& s) { s.gain_control2 = OnOff(k, v); }},
    {"agc2-gain", "0..49  its fixed gain in dB (0)",
     [](View k, View v, Settings& s) {
       s.gain_control2_fixed_db = Decibels(k, v, 49);
     }},
    {"pre-gain", "0..30  gain in dB before all processing (0)",
     [](View k, View v, Settings& s) {
       s.pre_gain = std::pow(10.0f, Decibels(k, v, 30) / 20);
     }},
    {"max-rate", "32000|48000  highest internal rate (the release's)",
     [](View k, View v, Settings& s) {
       s.max_internal_rate_hz =
           Choose<int>(k, v, {{"32000", 32000}, {"48000", 48000}});
     }},
    {"multichannel", "on|off  keep stereo as stereo (the release's)",
     [](View k, View v, Settings& s) { s.multi_channel = OnOff(k, v); }},
};

}  // namespace

void ApplySetting(std::string_view word, Settings& settings) {
  const size_t equals = word.find('=');
  if (equals == word.npos) {
    throw InputError("setting '" + std::string(word) + "' has no value");
  }
  const std::string_view name = word.substr(0, equals);
  std::string names;
  for (const Key& key : kKeys) {
    if (key.name == name) {
      return key.apply(name, word.substr(equals + 1), settings);
    }
    names += (names.empty() ? "" : ", ") + std::string(key.name);
  }
  throw InputError("there is no setting '" + std::string(name) +
                   "'; there are " + names);
}

std::string DescribeSettings() {
  std::string text;
  for (const Key& key : kKeys) {
    text += "  " + std::string(key.name) + "=" + std::string(key.help) + "\n";
  }
  return text;
}

}  // namespace webrtc_audio
