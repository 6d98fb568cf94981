// Pseudonyms of units.
#include "unfork/experiment/bucket.h"

#include "unfork/experiment/encoding.h"

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

int Digit(char letter) noexcept {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  return -1;
}

/// The number's digits, the upper ones first.
void AppendWord(std::string& out, std::uint64_t word) {
  unsigned char bytes[8];
  for (int index = 7; index >= 0; --index, word >>= 8) bytes[index] = static_cast<unsigned char>(word & 0xff);
  out += EncodeHex(bytes, sizeof bytes);
}

}  // namespace

bool ParseHexKey(std::string_view digits, unsigned char (&bytes)[16]) noexcept {
  if (digits.size() != 32) return false;
  for (std::size_t index = 0; index < 16; ++index) {
    const int upper = Digit(digits[2 * index]);
    const int lower = Digit(digits[2 * index + 1]);
    if (upper < 0 || lower < 0) return false;
    bytes[index] = static_cast<unsigned char>(upper * 16 + lower);
  }
  return true;
}

std::string PseudonymOf(std::string_view secret, std::string_view salt, std::string_view unit) {
  unsigned char key[16];
  unsigned char salt_bytes[16];
  if (!ParseHexKey(secret, key) || !ParseHexKey(salt, salt_bytes)) return "";
  std::string message(1, '\1');
  for (const unsigned char byte : salt_bytes) message.push_back(static_cast<char>(byte));
  message.append(unit);
  std::string name;
  AppendWord(name, SipHash24(LoadSipKey(key), message.data(), message.size()));
  message[0] = '\2';
  AppendWord(name, SipHash24(LoadSipKey(key), message.data(), message.size()));
  return name;
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
