// The table of flavors; the build says which are there.
#include "flavors.h"

#include "adapter.h"

namespace quick {
namespace {

constexpr Flavor kFlavors[] = {
#ifdef UNFORK_HAS_LEGACY
    {"legacy", meter_shim::legacy::Create},
#endif
#ifdef UNFORK_HAS_LATEST
    {"latest", meter_shim::latest::Create},
#endif
};

}  // namespace

std::span<const Flavor> Flavors() {
  return kFlavors;
}

const Flavor* FindFlavor(std::string_view name) {
  for (const Flavor& flavor : kFlavors) {
    if (flavor.name == name) return &flavor;
  }
  return nullptr;
}

}  // namespace quick
