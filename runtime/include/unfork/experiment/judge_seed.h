// Owns whether a client takes a seed: signatures, versions that only grow, halts that only lower, expiry.
#ifndef UNFORK_EXPERIMENT_JUDGE_SEED_H_
#define UNFORK_EXPERIMENT_JUDGE_SEED_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "unfork/experiment/seed.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// How much later than its end a seed still counts, in ms: clocks differ.
inline constexpr std::int64_t kExpirySkewMs = 600000;

/// What a client remembers of the last seed that it took.
struct AcceptedSeed {
  /// 0: none was taken yet.
  std::int64_t version = 0;
  std::int64_t base_version = 0;
  std::string base_digest;
  /// "" without a halt.
  std::string halt_digest;
  std::map<std::string, int, std::less<>> caps;
  std::vector<TrustedKey> keys;
  /// Of all seeds so far: what is revoked stays revoked.
  std::vector<std::string> revoked;
};

/// What a client knows before it looks at a seed.
struct SeedTrust {
  std::string project;
  /// Built into the program; trusted until a seed revokes them.
  std::vector<TrustedKey> keys;
  const SignatureCheck* signatures = nullptr;
};

struct Judgement {
  /// `accepted`, `same` (the content that was taken last), or why it is rejected: `malformed`, `other-project`, `unsigned`, `altered`,
  /// `expired`, `rolled-back`, `conflicting`, `halt-unsigned`, `halt-altered`, `halt-of-another-base`, `halt-version`, `halt-raises`.
  std::string answer;
  /// In words, where it is rejected.
  std::string message;
  bool taken = false;
  /// Both only where it is taken.
  Seed seed;
  AcceptedSeed accepted;
};

/// The same bytes, trust, memory and time give the same answer.
Judgement JudgeSeed(std::string_view bytes, const SeedTrust& trust, const AcceptedSeed& previous, std::int64_t now_ms);

/// A clock that is behind the seed's own times is wrong: those count then.
bool IsExpired(const Seed& seed, std::int64_t now_ms) noexcept;

/// The bytes that are signed: `DSSEv1 LEN(type) type LEN(payload) payload` (secure-systems-lab/dsse, protocol.md).
std::string PreAuthEncoding(std::string_view type, std::string_view payload);

/// Keys of a program as a client trusts them; those that are not 32 bytes in base64 are left out.
std::vector<TrustedKey> TrustedKeysOf(const std::vector<BuiltInKey>& keys);

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_JUDGE_SEED_H_
