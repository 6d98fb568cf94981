// Owns base64, hexadecimal digits and SHA-256.
#ifndef UNFORK_EXPERIMENT_ENCODING_H_
#define UNFORK_EXPERIMENT_ENCODING_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "unfork/compiler.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// With padding, by the alphabet with `+` and `/` (RFC 4648, 4).
std::string EncodeBase64(std::string_view bytes);

/// False for a text that has other characters or another padding. Bits behind the last byte are not looked at: a text that may be
/// written in one way only is compared with what `EncodeBase64` gives.
bool DecodeBase64(std::string_view text, std::string& bytes);

/// Lower case.
std::string EncodeHex(const void* data, std::size_t size);

/// FIPS 180-4.
std::array<unsigned char, 32> Sha256(std::string_view bytes) noexcept;

/// As 64 hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_ENCODING_H_
