// Owns SipHash-2-4 (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012), which units are hashed by.
#ifndef UNFORK_EXPERIMENT_SIP_HASH_H_
#define UNFORK_EXPERIMENT_SIP_HASH_H_

#include <cstddef>
#include <cstdint>

#include "unfork/compiler.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// 16 bytes as two words, little-endian.
struct SipKey {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
};

/// Eight bytes, little-endian, whatever the machine's order is.
inline std::uint64_t LoadWord(const unsigned char* bytes) noexcept {
  std::uint64_t word = 0;
  for (int index = 7; index >= 0; --index) word = (word << 8) | bytes[index];
  return word;
}

inline SipKey LoadSipKey(const unsigned char* bytes) noexcept { return SipKey{LoadWord(bytes), LoadWord(bytes + 8)}; }

namespace detail {

inline std::uint64_t Rotate(std::uint64_t value, int by) noexcept { return (value << by) | (value >> (64 - by)); }

struct SipState {
  std::uint64_t v0, v1, v2, v3;

  void Round() noexcept {
    v0 += v1;
    v1 = Rotate(v1, 13) ^ v0;
    v0 = Rotate(v0, 32);
    v2 += v3;
    v3 = Rotate(v3, 16) ^ v2;
    v0 += v3;
    v3 = Rotate(v3, 21) ^ v0;
    v2 += v1;
    v1 = Rotate(v1, 17) ^ v2;
    v2 = Rotate(v2, 32);
  }

  void Take(std::uint64_t word) noexcept {
    v3 ^= word;
    Round();
    Round();
    v0 ^= word;
  }
};

}  // namespace detail

inline std::uint64_t SipHash24(const SipKey& key, const void* data, std::size_t size) noexcept {
  const unsigned char* bytes = static_cast<const unsigned char*>(data);
  detail::SipState state{key.low ^ 0x736f6d6570736575U, key.high ^ 0x646f72616e646f6dU, key.low ^ 0x6c7967656e657261U,
                         key.high ^ 0x7465646279746573U};
  std::size_t left = size;
  for (; left >= 8; left -= 8, bytes += 8) state.Take(LoadWord(bytes));
  std::uint64_t last = static_cast<std::uint64_t>(size) << 56;
  for (std::size_t index = 0; index < left; ++index) last |= static_cast<std::uint64_t>(bytes[index]) << (8 * index);
  state.Take(last);
  state.v2 ^= 0xff;
  for (int round = 0; round < 4; ++round) state.Round();
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_SIP_HASH_H_
