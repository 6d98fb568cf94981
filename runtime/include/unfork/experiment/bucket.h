// Owns the bucket of a unit, and the pseudonym by which its events are told together.
#ifndef UNFORK_EXPERIMENT_BUCKET_H_
#define UNFORK_EXPERIMENT_BUCKET_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "unfork/experiment/sip_hash.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// Units fall into so many buckets; arms are ranges of them.
inline constexpr int kBuckets = 1000000;

/// floor(SipHash-2-4(salt, id) * 1,000,000 / 2^64); `unit` is UTF-8. The product of 64 and 20 bits is made of two halves.
inline int BucketOf(const SipKey& salt, std::string_view unit) noexcept {
  const std::uint64_t hash = SipHash24(salt, unit.data(), unit.size());
  const std::uint64_t upper = (hash >> 32) * static_cast<std::uint64_t>(kBuckets);
  const std::uint64_t lower = (hash & 0xffffffffU) * static_cast<std::uint64_t>(kBuckets);
  return static_cast<int>((upper + (lower >> 32)) >> 32);
}

/// 16 bytes of 32 hexadecimal digits; false for another text.
bool ParseHexKey(std::string_view digits, unsigned char (&bytes)[16]) noexcept;

/// 32 hexadecimal digits: SipHash-2-4 keyed by `secret` of `1 | salt | unit`, then of `2 | salt | unit`. `secret` and `salt` are 32
/// hexadecimal digits each; "" where they are not.
std::string PseudonymOf(std::string_view secret, std::string_view salt, std::string_view unit);

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_BUCKET_H_
