// The flavor of the process: set once, never guessed.
#include "audio_processing_shim.h"
#include "check.h"

namespace {

using namespace webrtc_shim;

// One test, since the flavor of a process cannot be taken back.
TEST(process_flavor_is_set_once_and_never_read_before) {
  CHECK_THROWS(std::logic_error, "read before it was set", ProcessFlavor());
  CHECK_THROWS(std::logic_error, "read before it was set",
               CreateAudioProcessor(Format{}, Settings{}));
  SetProcessFlavor(Flavor::kLatest);
  CHECK(ProcessFlavor() == Flavor::kLatest);
  SetProcessFlavor(Flavor::kLatest);
  CHECK_THROWS(std::logic_error, "already latest; it cannot become legacy",
               SetProcessFlavor(Flavor::kLegacy));
  CHECK(ProcessFlavor() == Flavor::kLatest);
}

TEST(flavors_are_known_by_name_only) {
  CHECK(ParseFlavor("legacy") == Flavor::kLegacy);
  CHECK(ParseFlavor("latest") == Flavor::kLatest);
  CHECK(!ParseFlavor("Latest"));
  CHECK(!ParseFlavor(""));
}

TEST(built_flavors_name_their_releases_legacy_first) {
  const auto built = BuiltFlavors();
  CHECK(built.size() == 2);
  CHECK(built[0].flavor == Flavor::kLegacy && built[0].release == "R1");
  CHECK(built[1].flavor == Flavor::kLatest && built[1].release == "R2");
}

}  // namespace
