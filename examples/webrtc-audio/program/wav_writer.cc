// Writes 16-bit PCM WAV files, whole or not at all.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <limits>

#include "errors.h"
#include "wav.h"

namespace webrtc_audio {
namespace {

constexpr size_t kHeaderBytes = 44;

void Append(std::vector<uint8_t>& bytes, uint32_t value, int width) {
  for (int i = 0; i < width; ++i) {
    bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
  }
}

void AppendTag(std::vector<uint8_t>& bytes, const char* tag) {
  bytes.insert(bytes.end(), tag, tag + 4);
}

std::vector<uint8_t> Encode(const Sound& sound) {
  const auto rate = static_cast<uint32_t>(sound.sample_rate_hz);
  const auto channels = static_cast<uint32_t>(sound.channels);
  const auto data_bytes = static_cast<uint32_t>(sound.samples.size() * 2);
  std::vector<uint8_t> bytes;
  bytes.reserve(kHeaderBytes + data_bytes);
  AppendTag(bytes, "RIFF");
  Append(bytes, static_cast<uint32_t>(kHeaderBytes) - 8 + data_bytes, 4);
  AppendTag(bytes, "WAVE");
  AppendTag(bytes, "fmt ");
  Append(bytes, 16, 4);
  Append(bytes, 1, 2);
  Append(bytes, channels, 2);
  Append(bytes, rate, 4);
  Append(bytes, rate * channels * 2, 4);
  Append(bytes, channels * 2, 2);
  Append(bytes, 16, 2);
  AppendTag(bytes, "data");
  Append(bytes, data_bytes, 4);
  for (float sample : sound.samples) {
    Append(bytes, static_cast<uint32_t>(ToPcm16(sample)), 2);
  }
  return bytes;
}

// A file that exists under its temporary name until it is renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& target)
      : target_(target),
        path_(target + ".tmp-" + std::to_string(getpid())),
        fd_(open(path_.c_str(),
                 O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                 0666)) {
    if (fd_ < 0)
      Fail("cannot be created");
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (fd_ >= 0)
      close(fd_);
    if (!committed_)
      unlink(path_.c_str());
  }

  void Write(const std::vector<uint8_t>& bytes) {
    size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t n = write(fd_, bytes.data() + done, bytes.size() - done);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        Fail("cannot be written");
      done += static_cast<size_t>(n);
    }
  }

  void Commit() {
    if (fsync(fd_) != 0)
      Fail("cannot be written");
    if (rename(path_.c_str(), target_.c_str()) != 0)
      Fail("cannot be renamed");
    committed_ = true;
  }

 private:
  [[noreturn]] void Fail(const char* what) const {
    throw EnvironmentError(target_ + ": " + what + ": " + std::strerror(errno));
  }

  std::string target_;
  std::string path_;
  int fd_;
  bool committed_ = false;
};

}  // namespace

int ToPcm16(float sample) {
  const float scaled = std::clamp(sample * 32768.0f, -32768.0f, 32767.0f);
  return static_cast<int>(std::lrintf(scaled));
}

void WriteWav(const std::string& path, const Sound& sound) {
  std::error_code ignored;  // A path that cannot be looked at fails below.
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::exists(status) &&
      !std::filesystem::is_regular_file(status)) {
    throw InputError(path + ": exists and is not a file");
  }
  if (sound.samples.size() >
      (std::numeric_limits<uint32_t>::max() - kHeaderBytes) / 2) {
    throw InputError(path + ": too long for a WAV file");
  }
  TemporaryFile file(path);
  file.Write(Encode(sound));
  file.Commit();
}

}  // namespace webrtc_audio
