// Owns the assignment of a unit to a flavor by the buckets of a seed, less what a halt takes away.
#ifndef UNFORK_EXPERIMENT_ASSIGNER_H_
#define UNFORK_EXPERIMENT_ASSIGNER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unfork/experiment/bucket.h"
#include "unfork/experiment/seed.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// Why a unit has its flavor: its bucket lies in an arm; outside of all; in a part of the treatment that a halt took away; no id of the
/// needed kind was given; the seed does not have the use case; or no seed is in force: none yet, an expired one, or one about other releases
/// than the program has.
enum class Reason { kArm, kOutside, kCapped, kNoUnit, kUnknownUseCase, kNoSeed, kExpired, kOtherReleases };

/// `arm`, `outside`, `capped`, `no-unit`, `unknown-use-case`, `no-seed`, `expired`, `other-releases`.
const char* NameOf(Reason reason) noexcept;

/// The ids of whom the library works for; a use case needs the one that it is assigned by.
struct Units {
  std::string_view device{};
  std::string_view user{};
  std::string_view call{};
  std::string_view cluster{};

  std::string_view Of(UnitKind kind) const noexcept;
};

struct Assignment {
  Flavor flavor = Flavor::kLegacy;
  /// Units in no arm are not analysed.
  Arm arm = Arm::kNone;
  Reason reason = Reason::kNoSeed;
  /// -1 where no unit was hashed.
  int bucket = -1;
  /// Version of the seed, 0 without one.
  std::int64_t seed = 0;
  /// Of the seed, as long as the assigner lives; null where it has no say.
  const SeedUseCase* use_case = nullptr;
};

/// A seed ready for many assignments. May be asked from any thread; takes no memory and no lock.
class Assigner {
 public:
  /// No seed: everything gets the default flavor, for the given reason.
  Assigner(Flavor default_flavor, Reason reason);
  Assigner(const Seed& seed, Flavor default_flavor);

  Assignment Assign(std::string_view use_case, const Units& units) const noexcept;

  std::int64_t version() const noexcept { return version_; }

 private:
  struct Range {
    ArmRange range;
    /// Buckets from here on get the use case's default.
    int kept = 0;
  };
  struct Entry {
    SeedUseCase use_case;
    SipKey key;
    std::vector<Range> ranges;
  };

  static Entry EntryOf(const SeedUseCase& use_case, const Seed& seed);
  const Entry* Find(std::string_view use_case) const noexcept;

  Flavor default_flavor_;
  Reason reason_;
  std::int64_t version_ = 0;
  /// By name.
  std::vector<Entry> entries_;
};

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_ASSIGNER_H_
