// What one device of the fleet does: asks which flavor it gets, makes its call
// with that, and tells how the call was.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_FLEET_DEVICE_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_FLEET_DEVICE_H_

#include <string>
#include <vector>

#include "audio_processor.h"
#include "http.h"
#include "unfork/experiment/experiment.h"

namespace webrtc_audio {

// The call that the device makes.
struct Call {
  std::string use_case;
  // capture.wav, render.wav, near.wav, segments.txt.
  std::string inputs;
  int render_delay_ms = 0;
  Settings settings;
  // Settings that the application has for the latest flavor alone, on top.
  std::vector<std::string> latest_settings;
};

struct DeviceOptions {
  Server server;
  std::string project;
  // In base64: what a product has built in.
  std::string signer_key;
  // The device's own: its seed, its secret, what it has not told yet.
  std::string state;
  Call call;
};

// Reads the arguments. Throws InputError for anything unknown or missing.
DeviceOptions ParseDeviceOptions(const std::vector<std::string>& arguments);

// Makes the call. Prints `USE-CASE FLAVOR ARM`.
void RunDevice(const DeviceOptions& options);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_FLEET_DEVICE_H_
