// Reads WAV files. Format: Microsoft's "Multimedia Programming Interface and
// Data Specifications 1.0" (RIFF, fmt, data) and WAVE_FORMAT_EXTENSIBLE.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>

#include "errors.h"
#include "wav.h"

namespace webrtc_audio {
namespace {

using Bytes = std::span<const uint8_t>;

constexpr uint16_t kPcm = 1;
constexpr uint16_t kFloat = 3;
constexpr uint16_t kExtensible = 0xFFFE;

constexpr uint16_t kMostChannels = 8;

struct Coding {
  uint16_t format;
  uint16_t channels;
  uint32_t sample_rate_hz;
  uint16_t bits;
};

uint32_t LittleEndian(Bytes bytes, size_t at, size_t width) {
  uint32_t value = 0;
  for (size_t i = 0; i < width; ++i)
    value |= uint32_t{bytes[at + i]} << (8 * i);
  return value;
}

bool HasTag(Bytes bytes, size_t at, const char* tag) {
  return bytes.size() >= at + 4 && std::memcmp(&bytes[at], tag, 4) == 0;
}

std::vector<uint8_t> ReadAll(const std::string& path) {
  if (!std::filesystem::exists(path))
    throw InputError("there is no such file");
  if (!std::filesystem::is_regular_file(path))
    throw InputError("not a file");
  std::ifstream file(path, std::ios::binary);
  std::vector<uint8_t> bytes(std::filesystem::file_size(path));
  file.read(reinterpret_cast<char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
  if (!file)
    throw InputError("cannot be read");
  return bytes;
}

Coding ParseFormat(Bytes chunk) {
  if (chunk.size() < 16)
    throw InputError("its fmt chunk is too short");
  Coding coding{
      .format = static_cast<uint16_t>(LittleEndian(chunk, 0, 2)),
      .channels = static_cast<uint16_t>(LittleEndian(chunk, 2, 2)),
      .sample_rate_hz = LittleEndian(chunk, 4, 4),
      .bits = static_cast<uint16_t>(LittleEndian(chunk, 14, 2)),
  };
  // The real format stands in the first two bytes of the sub-format GUID.
  if (coding.format == kExtensible && chunk.size() >= 26) {
    coding.format = static_cast<uint16_t>(LittleEndian(chunk, 24, 2));
  }
  return coding;
}

void RequireSupported(const Coding& coding) {
  const bool known = (coding.format == kPcm && coding.bits == 16) ||
                     (coding.format == kFloat && coding.bits == 32);
  if (!known) {
    throw InputError("coded as format " + std::to_string(coding.format) +
                     " with " + std::to_string(coding.bits) +
                     " bits; wanted is 16-bit PCM or 32-bit float");
  }
  if (coding.channels < 1 || coding.channels > kMostChannels) {
    throw InputError("has " + std::to_string(coding.channels) +
                     " channels; wanted are 1 to " +
                     std::to_string(kMostChannels));
  }
  for (uint32_t rate : {8000u, 16000u, 32000u, 44100u, 48000u}) {
    if (coding.sample_rate_hz == rate)
      return;
  }
  throw InputError("its rate is " + std::to_string(coding.sample_rate_hz) +
                   " Hz; wanted is 8000, 16000, 32000, 44100 or 48000");
}

float DecodeSample(const Coding& coding, Bytes data, size_t at) {
  if (coding.format == kPcm) {
    const auto raw = static_cast<int16_t>(LittleEndian(data, at, 2));
    return static_cast<float>(raw) / 32768.0f;
  }
  const uint32_t bits = LittleEndian(data, at, 4);
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  if (!std::isfinite(value))
    throw InputError("holds samples that are no number");
  return value;
}

Sound Decode(const Coding& coding, Bytes data) {
  const size_t width = coding.bits / 8;
  const size_t step = width * coding.channels;
  if (data.size() % step != 0)
    throw InputError("ends in the middle of a sample");
  if (data.empty())
    throw InputError("holds no sound");
  Sound sound{.sample_rate_hz = static_cast<int>(coding.sample_rate_hz),
              .channels = coding.channels,
              .samples = std::vector<float>(data.size() / width)};
  for (size_t i = 0; i < sound.samples.size(); ++i) {
    sound.samples[i] = DecodeSample(coding, data, i * width);
  }
  return sound;
}

// Walks the chunks; a chunk of odd size is followed by one byte of padding.
Sound Parse(Bytes file) {
  if (file.empty())
    throw InputError("an empty file");
  if (!HasTag(file, 0, "RIFF") || !HasTag(file, 8, "WAVE")) {
    throw InputError("not a WAV file");
  }
  std::optional<Coding> coding;
  size_t at = 12;
  while (at + 8 <= file.size()) {
    const size_t size = LittleEndian(file, at + 4, 4);
    const size_t left = file.size() - at - 8;
    if (size > left) {
      throw InputError("truncated: a chunk announces " + std::to_string(size) +
                       " bytes, " + std::to_string(left) + " are there");
    }
    const Bytes chunk = file.subspan(at + 8, size);
    if (HasTag(file, at, "fmt ")) {
      coding = ParseFormat(chunk);
      RequireSupported(*coding);
    } else if (HasTag(file, at, "data")) {
      if (!coding)
        throw InputError("its data comes before its fmt chunk");
      return Decode(*coding, chunk);
    }
    at += 8 + size + size % 2;
  }
  throw InputError("truncated: no data chunk");
}

}  // namespace

Sound ReadWav(const std::string& path) {
  try {
    return Parse(ReadAll(path));
  } catch (const InputError& error) {
    throw InputError(path + ": " + error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    throw InputError(path + ": " + error.code().message());
  }
}

}  // namespace webrtc_audio
