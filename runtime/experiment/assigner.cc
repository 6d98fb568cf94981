// Assignments by buckets.
#include "unfork/experiment/assigner.h"

#include <algorithm>

namespace unfork {
inline namespace v1 {
namespace experiment {

const char* NameOf(Reason reason) noexcept {
  static constexpr const char* kNames[] = {"arm", "outside", "capped", "no-unit", "unknown-use-case", "no-seed", "expired", "other-releases"};
  return kNames[static_cast<int>(reason)];
}

std::string_view Units::Of(UnitKind kind) const noexcept {
  if (kind == UnitKind::kDevice) return device;
  if (kind == UnitKind::kUser) return user;
  return kind == UnitKind::kCall ? call : cluster;
}

Assigner::Assigner(Flavor default_flavor, Reason reason) : default_flavor_(default_flavor), reason_(reason) {}

Assigner::Assigner(const Seed& seed, Flavor default_flavor)
    : default_flavor_(default_flavor), reason_(Reason::kUnknownUseCase), version_(seed.version()) {
  for (const SeedUseCase& use_case : seed.base.use_cases) entries_.push_back(EntryOf(use_case, seed));
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.use_case.name < b.use_case.name; });
}

Assigner::Entry Assigner::EntryOf(const SeedUseCase& use_case, const Seed& seed) {
  Entry entry{use_case, SipKey{}, {}};
  unsigned char salt[16] = {};
  if (ParseHexKey(use_case.salt, salt)) entry.key = LoadSipKey(salt);
  const auto found = seed.halt.caps.find(use_case.name);
  const int cap = found == seed.halt.caps.end() ? kBuckets : found->second;
  for (const ArmRange& range : use_case.arms) {
    entry.ranges.push_back({range, range.arm == Arm::kTreatment ? std::min(range.to, range.from + cap) : range.to});
  }
  return entry;
}

const Assigner::Entry* Assigner::Find(std::string_view use_case) const noexcept {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), use_case,
                                      [](const Entry& entry, std::string_view name) { return entry.use_case.name < name; });
  return found == entries_.end() || found->use_case.name != use_case ? nullptr : &*found;
}

Assignment Assigner::Assign(std::string_view use_case, const Units& units) const noexcept {
  Assignment assignment;
  assignment.flavor = default_flavor_;
  assignment.reason = reason_;
  assignment.seed = version_;
  const Entry* entry = Find(use_case);
  if (entry == nullptr) return assignment;
  assignment.use_case = &entry->use_case;
  assignment.flavor = entry->use_case.default_flavor;
  const std::string_view unit = units.Of(entry->use_case.unit);
  assignment.reason = unit.empty() ? Reason::kNoUnit : Reason::kOutside;
  if (unit.empty()) return assignment;
  const int bucket = BucketOf(entry->key, unit);
  assignment.bucket = bucket;
  for (const Range& one : entry->ranges) {
    if (bucket < one.range.from || bucket >= one.range.to) continue;
    assignment.reason = bucket < one.kept ? Reason::kArm : Reason::kCapped;
    if (bucket >= one.kept) return assignment;
    assignment.flavor = one.range.flavor;
    assignment.arm = one.range.arm;
    return assignment;
  }
  return assignment;
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
