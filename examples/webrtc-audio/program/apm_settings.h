// Carries the neutral settings over into a release's configuration struct.
// A template over that struct: whatever both releases spell alike is written
// once, and what one of them lacks is found out by the compiler.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_APM_SETTINGS_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_APM_SETTINGS_H_

#include "audio_processing_shim.h"

namespace webrtc_shim {

template <class Config>
void ApplyPipeline(const Settings& settings, Config& config) {
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

template <class Config>
void ApplyNoiseSuppression(const Settings& settings, Config& config) {
  using Level = typename Config::NoiseSuppression;
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
template <class Config>
void ApplyGainControl(const Settings& settings, Config& config) {
  using Mode = typename Config::GainController1;
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
// release lacks, sorted. `has_transient_suppression`: the field alone does not
// tell, later releases keep it without effect.
template <class Config>
std::vector<std::string> ApplySettings(const Settings& settings,
                                       bool has_transient_suppression,
                                       Config& config) {
  std::vector<std::string> unsupported;
  config.echo_canceller.enabled = settings.echo_canceller;
  if constexpr (requires { config.echo_canceller.mobile_mode; }) {
    config.echo_canceller.mobile_mode = settings.mobile_echo_canceller;
  } else if (settings.mobile_echo_canceller) {
    unsupported.push_back("mobile");
  }
  config.high_pass_filter.enabled = settings.high_pass_filter;
  ApplyPipeline(settings, config);
  ApplyNoiseSuppression(settings, config);
  ApplyGainControl(settings, config);
  if (has_transient_suppression) {
    config.transient_suppression.enabled = settings.transient_suppression;
  } else if (settings.transient_suppression) {
    unsupported.push_back("transient");
  }
  return unsupported;
}

}  // namespace webrtc_shim

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_APM_SETTINGS_H_
