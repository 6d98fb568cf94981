// Names of the flavors, and the one flavor of the process.
#include <atomic>
#include <stdexcept>
#include <string>

#include "adapter.h"
#include "audio_processing_shim.h"

namespace webrtc_shim {
namespace {

constexpr int kUnset = -1;
constinit std::atomic<int> process_flavor{kUnset};

void RequireBuilt(Flavor flavor) {
  for (const BuiltFlavor& built : BuiltFlavors()) {
    if (built.flavor == flavor)
      return;
  }
  throw std::logic_error("this program was built without flavor " +
                         std::string(FlavorName(flavor)));
}

}  // namespace

std::string_view FlavorName(Flavor flavor) {
  return flavor == Flavor::kLegacy ? "legacy" : "latest";
}

std::optional<Flavor> ParseFlavor(std::string_view name) {
  for (Flavor flavor : {Flavor::kLegacy, Flavor::kLatest}) {
    if (name == FlavorName(flavor))
      return flavor;
  }
  return std::nullopt;
}

std::vector<BuiltFlavor> BuiltFlavors() {
  return {
#ifdef UNFORK_HAS_LEGACY
      {Flavor::kLegacy, legacy::kRelease},
#endif
#ifdef UNFORK_HAS_LATEST
      {Flavor::kLatest, latest::kRelease},
#endif
  };
}

void SetProcessFlavor(Flavor flavor) {
  RequireBuilt(flavor);
  const int wanted = static_cast<int>(flavor);
  int before = kUnset;
  if (process_flavor.compare_exchange_strong(before, wanted))
    return;
  if (before == wanted)
    return;
  throw std::logic_error("the flavor of this process is already " +
                         std::string(FlavorName(static_cast<Flavor>(before))) +
                         "; it cannot become " +
                         std::string(FlavorName(flavor)));
}

Flavor ProcessFlavor() {
  const int flavor = process_flavor.load();
  if (flavor == kUnset) {
    throw std::logic_error(
        "the flavor of this process was read before it was set");
  }
  return static_cast<Flavor>(flavor);
}

}  // namespace webrtc_shim
