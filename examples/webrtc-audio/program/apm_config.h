// Carries the program's settings over into the configuration of the module, as
// the shim has it for both releases.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_APM_CONFIG_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_APM_CONFIG_H_

#include <string>
#include <vector>

#include "audio_processor.h"
#include "webrtc_shim/webrtc_shim.h"

namespace webrtc_audio {

using Config = webrtc_shim::AudioProcessing::Config;

inline void ApplyPipeline(const Settings& settings, Config& config) {
  if (settings.max_internal_rate_hz) {
    config.pipeline.maximum_internal_processing_rate =
        *settings.max_internal_rate_hz;
  }
  if (settings.multi_channel) {
    config.pipeline.multi_channel_render = *settings.multi_channel;
    config.pipeline.multi_channel_capture = *settings.multi_channel;
  }
  config.pre_amplifier.enabled = settings.pre_gain != 1.0f;
  config.pre_amplifier.fixed_gain_factor = settings.pre_gain;
}

inline void ApplyNoiseSuppression(const Settings& settings, Config& config) {
  using Level = Config::NoiseSuppression;
  auto& target = config.noise_suppression;
  target.enabled = settings.noise_suppression != NoiseSuppression::kOff;
  switch (settings.noise_suppression) {
    case NoiseSuppression::kOff:
      break;
    case NoiseSuppression::kLow:
      target.level = Level::kLow;
      break;
    case NoiseSuppression::kModerate:
      target.level = Level::kModerate;
      break;
    case NoiseSuppression::kHigh:
      target.level = Level::kHigh;
      break;
    case NoiseSuppression::kVeryHigh:
      target.level = Level::kVeryHigh;
      break;
  }
}

// The analog part stays off: no sound card's volume is there to be turned.
inline void ApplyGainControl(const Settings& settings, Config& config) {
  using Mode = Config::GainController1;
  auto& first = config.gain_controller1;
  first.enabled = settings.gain_control != GainControl::kOff;
  first.mode = settings.gain_control == GainControl::kFixedDigital
                   ? Mode::kFixedDigital
                   : Mode::kAdaptiveDigital;
  first.target_level_dbfs = settings.gain_control_target_dbfs;
  first.compression_gain_db = settings.gain_control_gain_db;
  first.analog_gain_controller.enabled = false;
  auto& second = config.gain_controller2;
  second.enabled =
      settings.gain_control2 || settings.gain_control2_fixed_db != 0.0f;
  second.adaptive_digital.enabled = settings.gain_control2;
  second.fixed_digital.gain_db = settings.gain_control2_fixed_db;
}

// Fills `config` and returns the names of the settings asked for that the
// flavor lacks, sorted.
inline std::vector<std::string> ApplySettings(const Settings& settings,
                                              Flavor flavor,
                                              Config& config) {
  std::vector<std::string> unsupported;
  config.echo_canceller.enabled = settings.echo_canceller;
  config.high_pass_filter.enabled = settings.high_pass_filter;
  ApplyPipeline(settings, config);
  ApplyNoiseSuppression(settings, config);
  ApplyGainControl(settings, config);
  config.transient_suppression.enabled = settings.transient_suppression;
  if (flavor == Flavor::kLegacy) {
    config.echo_canceller.mobile_mode = settings.mobile_echo_canceller;
  } else {
    // The newer release has no mobile mode: the shim ends the process when
    // somebody asks for it there. It keeps the field of the transient
    // suppression, without effect.
    if (settings.mobile_echo_canceller)
      unsupported.push_back("mobile");
    if (settings.transient_suppression) {
      config.transient_suppression.enabled = false;
      unsupported.push_back("transient");
    }
  }
  return unsupported;
}

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_APM_CONFIG_H_
