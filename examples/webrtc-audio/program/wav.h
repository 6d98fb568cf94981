// Sound in memory, and its way from and to WAV files.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_WAV_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_WAV_H_

#include <cstddef>
#include <string>
#include <vector>

namespace webrtc_audio {

// Interleaved samples; full scale is [-1, 1].
struct Sound {
  int sample_rate_hz = 0;
  int channels = 0;
  std::vector<float> samples;

  // Samples per channel.
  size_t length() const {
    return channels == 0 ? 0 : samples.size() / channels;
  }
};

// Reads a RIFF/WAVE file: 16-bit PCM or 32-bit float, 1 to 8 channels, 8000,
// 16000, 32000, 44100 or 48000 Hz. Throws InputError, naming the file and the reason,
// for anything else: no WAV at all, truncated, empty, another rate or coding.
Sound ReadWav(const std::string& path);

// The 16-bit step nearest to a sample; beyond full scale, the last step.
int ToPcm16(float sample);

// Writes 16-bit PCM: to a temporary file beside `path`, then renamed, so that
// `path` is either whole or untouched. Throws EnvironmentError when the file
// cannot be written, InputError when `path` is something else than a file.
void WriteWav(const std::string& path, const Sound& sound);

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_WAV_H_
