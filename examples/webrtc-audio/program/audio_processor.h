// What the program knows of an audio processing module: its settings, its
// frames, its figures, and which flavor it is of. Behind it stands the shim.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_AUDIO_PROCESSOR_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_AUDIO_PROCESSOR_H_

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace webrtc_audio {

// The two copies of the library a dual program contains.
enum class Flavor { kLegacy, kLatest };

// "legacy" or "latest".
std::string_view FlavorName(Flavor flavor);

// The flavor of that name, nothing for any other word.
std::optional<Flavor> ParseFlavor(std::string_view name);

// One flavor this program was built with, and the release behind it ("M120").
struct BuiltFlavor {
  Flavor flavor;
  std::string_view release;
};

// The flavors this program was built with, legacy first.
std::vector<BuiltFlavor> BuiltFlavors();

// A failure reported by the release underneath; the text names the call.
class ProcessorError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Shape of the frames: 8000, 16000, 32000, 44100 or 48000 Hz; 1 to 8 channels.
struct Format {
  int sample_rate_hz = 48000;
  int capture_channels = 1;
  int render_channels = 1;

  // Samples per channel of one 10 ms frame.
  int frame_length() const { return sample_rate_hz / 100; }
};

enum class NoiseSuppression { kOff, kLow, kModerate, kHigh, kVeryHigh };
enum class GainControl { kOff, kAdaptiveDigital, kFixedDigital };

// What to switch on. An empty optional keeps the release's own default, which
// is not the same in all releases.
struct Settings {
  bool echo_canceller = true;
  bool mobile_echo_canceller = false;
  bool high_pass_filter = true;
  NoiseSuppression noise_suppression = NoiseSuppression::kModerate;
  bool transient_suppression = false;
  // The first gain controller (AGC1). Target in dB below full scale, 0 to 31;
  // gain in dB, 0 to 90.
  GainControl gain_control = GainControl::kOff;
  int gain_control_target_dbfs = 3;
  int gain_control_gain_db = 9;
  // The second gain controller (AGC2): adaptive digital gain, fixed digital
  // gain in dB, or both.
  bool gain_control2 = false;
  float gain_control2_fixed_db = 0.0f;
  // Factor on the captured signal before all processing.
  float pre_gain = 1.0f;
  // Highest internal rate, 32000 or 48000 Hz.
  std::optional<int> max_internal_rate_hz;
  // Process stereo as stereo instead of mixing it down.
  std::optional<bool> multi_channel;
};

// The module's own statistics; empty where the release reports nothing.
struct Statistics {
  std::optional<double> echo_return_loss_db;
  std::optional<double> echo_return_loss_enhancement_db;
  std::optional<double> residual_echo_likelihood;
  std::optional<int> delay_ms;
};

// One instance of the module. Not thread-safe.
class AudioProcessor {
 public:
  virtual ~AudioProcessor() = default;

  // Shows the module 10 ms of the far end, as about to be played. `channels`
  // has `render_channels` pointers to frame_length() samples in [-1, 1].
  virtual void ProcessRender(const float* const* channels) = 0;

  // Processes 10 ms of the microphone in place. `delay_ms` is the time between
  // a render frame being shown and its echo arriving in a capture frame.
  virtual void ProcessCapture(float* const* channels, int delay_ms) = 0;

  // The oldest snapshot nobody has taken yet: call it after each frame, or the
  // answer is that of long ago.
  virtual Statistics GetStatistics() = 0;

  // The settings asked for that this release no longer has, by the names of
  // the command line ("mobile"), sorted.
  virtual const std::vector<std::string>& unsupported() const = 0;
};

// Chooses the flavor of the whole process, once, at start-up.
void SetProcessFlavor(Flavor flavor);

// Creates an instance of the process's flavor, or of another one beside it.
// Throws ProcessorError when the release refuses.
std::unique_ptr<AudioProcessor> CreateAudioProcessor(const Format& format,
                                                     const Settings& settings);
std::unique_ptr<AudioProcessor> CreateAudioProcessor(Flavor flavor,
                                                     const Format& format,
                                                     const Settings& settings);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_AUDIO_PROCESSOR_H_
