// Owns a seed as it is read: which flavor a unit gets per use case, and what a halt takes away from it.
#ifndef UNFORK_EXPERIMENT_SEED_H_
#define UNFORK_EXPERIMENT_SEED_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "unfork/experiment/signature_check.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

inline constexpr char kBaseType[] = "application/vnd.unfork.seed.v1+json";
inline constexpr char kHaltType[] = "application/vnd.unfork.halt.v1+json";
/// Longest seed that is read.
inline constexpr std::size_t kMaxSeedBytes = 1048576;
/// A halt's version lies at most so far above that of its base.
inline constexpr std::int64_t kHaltVersions = 1000000;

enum class Flavor { kLegacy, kLatest };
enum class Arm { kNone, kTreatment, kControl };
enum class UnitKind { kDevice, kUser, kCall, kCluster };

/// `legacy` or `latest`.
const char* NameOf(Flavor flavor) noexcept;
/// `treatment`, `control`, or "".
const char* NameOf(Arm arm) noexcept;

/// Buckets from `from` up to `to`, without it.
struct ArmRange {
  Arm arm = Arm::kNone;
  Flavor flavor = Flavor::kLegacy;
  int from = 0;
  int to = 0;
};

struct SeedUseCase {
  std::string name;
  std::string experiment;
  int phase = 0;
  UnitKind unit = UnitKind::kDevice;
  /// 32 hexadecimal digits.
  std::string salt;
  Flavor default_flavor = Flavor::kLegacy;
  std::vector<ArmRange> arms;
};

struct Signature {
  std::string key_id;
  /// 64 bytes.
  std::string bytes;
};

struct Envelope {
  std::string type;
  std::string payload;
  std::vector<Signature> signatures;
};

struct Base {
  Envelope envelope;
  /// SHA-256 of the payload, 64 hexadecimal digits.
  std::string digest;
  std::string project;
  std::int64_t version = 0;
  /// In ms since 1970.
  std::int64_t issued = 0;
  std::int64_t expires = 0;
  std::string legacy_release;
  std::string latest_release;
  std::vector<TrustedKey> keys;
  std::vector<std::string> revoked;
  std::vector<SeedUseCase> use_cases;
};

struct Halt {
  Envelope envelope;
  std::string digest;
  std::string project;
  std::int64_t version = 0;
  std::int64_t base_version = 0;
  std::string base_digest;
  std::int64_t issued = 0;
  /// Buckets that each treatment arm keeps, by use case.
  std::map<std::string, int, std::less<>> caps;
};

struct Seed {
  Base base;
  bool has_halt = false;
  Halt halt;

  std::int64_t version() const noexcept { return has_halt ? halt.version : base.version; }
};

/// Reads bytes into a seed of the right shape; nothing is trusted yet. Gives "", or in words what the shape lacks.
std::string ReadSeed(std::string_view bytes, Seed& seed);

/// `2026-11-30T12:00:00.000Z` in ms since 1970; false for another form and for days that there are not.
bool ParseMoment(std::string_view text, std::int64_t& ms) noexcept;

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_SEED_H_
