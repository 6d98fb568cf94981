// Base64 (RFC 4648), hexadecimal digits, SHA-256 (FIPS 180-4).
#include "unfork/experiment/encoding.h"

#include <cstdint>
#include <cstring>

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int ValueOf(char letter) noexcept {
  if (letter >= 'A' && letter <= 'Z') return letter - 'A';
  if (letter >= 'a' && letter <= 'z') return letter - 'a' + 26;
  if (letter >= '0' && letter <= '9') return letter - '0' + 52;
  if (letter == '+') return 62;
  return letter == '/' ? 63 : -1;
}

constexpr std::uint32_t kRounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t Right(std::uint32_t value, int by) noexcept { return (value >> by) | (value << (32 - by)); }

void TakeBlock(std::uint32_t (&hash)[8], const unsigned char* block) noexcept {
  std::uint32_t words[64];
  for (int index = 0; index < 16; ++index) {
    const unsigned char* at = block + 4 * index;
    words[index] = (std::uint32_t{at[0]} << 24) | (std::uint32_t{at[1]} << 16) | (std::uint32_t{at[2]} << 8) | at[3];
  }
  for (int index = 16; index < 64; ++index) {
    const std::uint32_t near = words[index - 15];
    const std::uint32_t last = words[index - 2];
    words[index] = words[index - 16] + (Right(near, 7) ^ Right(near, 18) ^ (near >> 3)) + words[index - 7] +
                   (Right(last, 17) ^ Right(last, 19) ^ (last >> 10));
  }
  std::uint32_t v[8];
  std::memcpy(v, hash, sizeof v);
  for (int index = 0; index < 64; ++index) {
    const std::uint32_t first = v[7] + (Right(v[4], 6) ^ Right(v[4], 11) ^ Right(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) +
                                kRounds[index] + words[index];
    const std::uint32_t second = (Right(v[0], 2) ^ Right(v[0], 13) ^ Right(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
    std::memmove(v + 1, v, 7 * sizeof v[0]);
    v[4] += first;
    v[0] = first + second;
  }
  for (int index = 0; index < 8; ++index) hash[index] += v[index];
}

}  // namespace

std::string EncodeBase64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = bytes.size() - at < 3 ? bytes.size() - at : 3;
    std::uint32_t word = 0;
    for (std::size_t index = 0; index < 3; ++index) {
      word = (word << 8) | (index < count ? static_cast<unsigned char>(bytes[at + index]) : 0U);
    }
    for (std::size_t index = 0; index < 4; ++index) {
      text.push_back(index > count ? '=' : kLetters[(word >> (18 - 6 * index)) & 63]);
    }
  }
  return text;
}

bool DecodeBase64(std::string_view text, std::string& bytes) {
  bytes.clear();
  if (text.size() % 4 != 0) return false;
  const std::size_t padding = text.size() >= 2 && text[text.size() - 1] == '=' ? (text[text.size() - 2] == '=' ? 2 : 1) : 0;
  for (std::size_t at = 0; at < text.size(); at += 4) {
    const std::size_t count = at + 4 == text.size() ? 3 - padding : 3;
    std::uint32_t word = 0;
    for (std::size_t index = 0; index < 4; ++index) {
      const int value = index > count ? 0 : ValueOf(text[at + index]);
      if (value < 0) return false;
      word = (word << 6) | static_cast<std::uint32_t>(value);
    }
    for (std::size_t index = 0; index < count; ++index) bytes.push_back(static_cast<char>((word >> (16 - 8 * index)) & 0xff));
  }
  return true;
}

std::string EncodeHex(const void* data, std::size_t size) {
  const unsigned char* bytes = static_cast<const unsigned char*>(data);
  std::string text;
  for (std::size_t index = 0; index < size; ++index) {
    text.push_back("0123456789abcdef"[bytes[index] >> 4]);
    text.push_back("0123456789abcdef"[bytes[index] & 15]);
  }
  return text;
}

std::array<unsigned char, 32> Sha256(std::string_view bytes) noexcept {
  std::uint32_t hash[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  const unsigned char* data = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t left = bytes.size();
  for (; left >= 64; left -= 64, data += 64) TakeBlock(hash, data);
  unsigned char last[128] = {};
  if (left > 0) std::memcpy(last, data, left);
  last[left] = 0x80;
  const std::size_t end = left < 56 ? 64 : 128;
  const std::uint64_t bits = static_cast<std::uint64_t>(bytes.size()) * 8;
  for (std::size_t index = 0; index < 8; ++index) last[end - 1 - index] = static_cast<unsigned char>((bits >> (8 * index)) & 0xff);
  for (std::size_t at = 0; at < end; at += 64) TakeBlock(hash, last + at);
  std::array<unsigned char, 32> digest{};
  for (std::size_t index = 0; index < 32; ++index) digest[index] = static_cast<unsigned char>((hash[index / 4] >> (24 - 8 * (index % 4))) & 0xff);
  return digest;
}

std::string Sha256Hex(std::string_view bytes) {
  const std::array<unsigned char, 32> digest = Sha256(bytes);
  return EncodeHex(digest.data(), digest.size());
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
