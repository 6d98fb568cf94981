// WAV files: what is written is read back, what is broken is refused.
#include <stdlib.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "check.h"
#include "errors.h"
#include "wav.h"

namespace {

using namespace webrtc_audio;

// A folder that goes away with the test.
struct Folder {
  Folder() {
    char name[] = "/tmp/webrtc-audio-test-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const char* name) const { return path + "/" + name; }
  std::string path;
};

std::string Slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void Spill(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string Number(uint32_t value, int width) {
  std::string bytes;
  for (int i = 0; i < width; ++i)
    bytes += static_cast<char>(value >> (8 * i));
  return bytes;
}

std::string Chunk(const std::string& tag, const std::string& body) {
  return tag + Number(static_cast<uint32_t>(body.size()), 4) + body +
         std::string(body.size() % 2, '\0');
}

std::string Wave(uint32_t format,
                 uint32_t channels,
                 uint32_t rate,
                 uint32_t bits,
                 const std::string& data) {
  const std::string fmt = Number(format, 2) + Number(channels, 2) +
                          Number(rate, 4) +
                          Number(rate * channels * bits / 8, 4) +
                          Number(channels * bits / 8, 2) + Number(bits, 2);
  const std::string body =
      "WAVE" + Chunk("fmt ", fmt) + Chunk("LIST", "odd") + Chunk("data", data);
  return "RIFF" + Number(static_cast<uint32_t>(body.size()), 4) + body;
}

std::string FloatBytes(float value) {
  return {reinterpret_cast<const char*>(&value), sizeof(value)};
}

TEST(every_16_bit_step_survives_writing_and_reading) {
  const Folder folder;
  Sound sound{16000, 2, {}};
  for (int step = -32768; step <= 32767; ++step) {
    sound.samples.push_back(static_cast<float>(step) / 32768.0f);
  }
  WriteWav(folder.file("a.wav"), sound);
  const Sound back = ReadWav(folder.file("a.wav"));
  CHECK(back.sample_rate_hz == 16000 && back.channels == 2);
  CHECK(back.samples == sound.samples);
}

TEST(samples_beyond_full_scale_stop_at_the_last_step) {
  CHECK(ToPcm16(1.0f) == 32767);
  CHECK(ToPcm16(7.0f) == 32767);
  CHECK(ToPcm16(-1.0f) == -32768);
  CHECK(ToPcm16(-7.0f) == -32768);
}

TEST(float_files_keep_what_16_bits_cannot_hold) {
  const Folder folder;
  Spill(folder.file("f.wav"),
        Wave(3, 1, 48000, 32, FloatBytes(1e-7f) + FloatBytes(-1.5f)));
  const Sound sound = ReadWav(folder.file("f.wav"));
  CHECK((sound.samples == std::vector<float>{1e-7f, -1.5f}));
}

TEST(a_file_cut_anywhere_is_refused) {
  const Folder folder;
  const std::string whole = Wave(1, 1, 8000, 16, "abcdefgh");
  for (size_t length = 0; length < whole.size(); ++length) {
    Spill(folder.file("cut.wav"), whole.substr(0, length));
    CHECK_THROWS(InputError, "cut.wav: ", ReadWav(folder.file("cut.wav")));
  }
  Spill(folder.file("cut.wav"), whole);
  CHECK(ReadWav(folder.file("cut.wav")).length() == 4);
}

TEST(files_of_another_kind_are_refused_with_the_reason) {
  const Folder folder;
  const std::string path = folder.file("x.wav");
  const auto refused = [&](const std::string& bytes, const char* reason) {
    Spill(path, bytes);
    CHECK_THROWS(InputError, reason, ReadWav(path));
  };
  refused("", "an empty file");
  refused("no sound at all, only text", "not a WAV file");
  refused(Wave(1, 1, 22050, 16, "ab"), "its rate is 22050 Hz");
  refused(Wave(1, 1, 8000, 24, "abc"), "format 1 with 24 bits");
  refused(Wave(1, 9, 8000, 16, std::string(18, 'a')), "has 9 channels");
  refused(Wave(1, 0, 8000, 16, "ab"), "has 0 channels");
  refused(Wave(1, 1, 8000, 16, ""), "holds no sound");
  refused(Wave(1, 1, 8000, 16, "abc"), "in the middle of a sample");
  refused(
      Wave(3, 1, 8000, 32, FloatBytes(std::numeric_limits<float>::quiet_NaN())),
      "no number");
  CHECK_THROWS(InputError, "no such file", ReadWav(folder.file("none.wav")));
  CHECK_THROWS(InputError, "not a file", ReadWav(folder.path));
}

TEST(a_failed_write_leaves_nothing_behind) {
  const Folder folder;
  const Sound sound{8000, 1, {0.5f}};
  CHECK_THROWS(EnvironmentError, "cannot be created",
               WriteWav(folder.file("none/a.wav"), sound));
  CHECK_THROWS(InputError, "not a file", WriteWav(folder.path, sound));
  CHECK(std::filesystem::is_empty(folder.path));
}

TEST(writing_replaces_a_file_and_leaves_no_other) {
  const Folder folder;
  Spill(folder.file("a.wav"), "old");
  WriteWav(folder.file("a.wav"), {8000, 1, {0.5f}});
  CHECK(Slurp(folder.file("a.wav")).starts_with("RIFF"));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) ==
        1);
}

}  // namespace
