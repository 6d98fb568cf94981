// A process has one flavor: set once, before the first use.
#include "unfork/flavor_state.h"

#include <cstring>

#include "check.h"

#if defined(__cpp_constinit)
#define CONSTANT constinit
#else
#define CONSTANT
#endif

namespace {

const int kLegacyApi = 1;
const int kLatestApi = 2;

constexpr unfork::Built kLegacy{"legacy", "M120", &kLegacyApi};
constexpr unfork::Built kLatest{"latest", "M150", &kLatestApi};
constexpr unfork::Built kNoLegacy{"legacy", "M120", nullptr};

CONSTANT unfork::FlavorState unset("sound", kLegacy, kLatest);
CONSTANT unfork::FlavorState set("sound", kLegacy, kLatest);
CONSTANT unfork::FlavorState only("sound", kNoLegacy, kLatest);

/// The state must work in objects with static storage, in whatever order they are made.
struct EarlyCaller {
  EarlyCaller() { early.Set(1); api = early.Current("early"); }
  const void* api;
  static unfork::FlavorState early;
};
const EarlyCaller early_caller;
CONSTANT unfork::FlavorState EarlyCaller::early("early", kLegacy, kLatest);

void SetSound(int index, unfork::Place where = unfork::Here()) { set.Set(index, where); }

void AReadBeforeTheFlavorWasSetAborts() {
  CHECK(!unset.IsSet());
  CHECK(unset.Chosen() == -1);
  CHECK(std::strcmp(unset.source(), "") == 0);
  CHECK_DIES("unfork: sound: sound_shim::Play was called before the flavor was set.", static_cast<void>(unset.Current("sound_shim::Play")));
  CHECK_DIES("legacy (M120), latest (M150)", static_cast<void>(unset.Current("sound_shim::Play")));
  CHECK_DIES("unfork: sound: the flavor was asked for at main.cc:9 (main) before the flavor was set.", static_cast<void>(unset.Get(unfork::Place{"main.cc", 9, "main"})));
}

void ASetFlavorIsInForce() {
  SetSound(1);
  CHECK(set.IsSet());
  CHECK(set.Get() == 1);
  CHECK(set.Chosen() == 1);
  CHECK(set.Current("a") == &kLatestApi);
  CHECK(set.Current("b") == &kLatestApi);
  CHECK(std::strcmp(set.source(), "program") == 0);
  CHECK(std::strcmp(set.name(0), "legacy") == 0);
  CHECK(std::strcmp(set.release(1), "M150") == 0);
  CHECK(std::strcmp(set.library(), "sound") == 0);
}

void TheSameFlavorAgainIsNoError() {
  SetSound(1);
  set.Set(1);
  CHECK(set.Get() == 1);
}

void AnotherFlavorAbortsAndNamesBothPlaces() {
  const int line = __LINE__ + 1;
  const auto set_again = [] { set.Set(0, unfork::Place{"second.cc", 5, "Later"}); };
  static_cast<void>(line);
  CHECK_DIES("the flavor was set to latest at ", set_again());
  CHECK_DIES("flavor_state_test.cc:", set_again());
  CHECK_DIES("(ASetFlavorIsInForce) and cannot become legacy at second.cc:5 (Later)", set_again());
}

void AFlavorThatIsNotBuiltCannotBeSet() {
  CHECK(!only.IsBuilt(0));
  CHECK(only.IsBuilt(1));
  CHECK(!only.IsBuilt(2));
  CHECK(!only.IsBuilt(-1));
  CHECK_DIES("the flavor legacy was asked for at main.cc:3 (main), but only latest is built into this program.", only.Set(0, unfork::Place{"main.cc", 3, "main"}));
  CHECK_DIES("there is no flavor number 2, asked for at main.cc:3 (main).", only.Set(2, unfork::Place{"main.cc", 3, "main"}));
  CHECK_DIES("built into this program: latest (M150).", static_cast<void>(only.Get()));
  only.Set(1);
  CHECK(only.Get() == 1);
}

void AStateWorksBeforeMain() {
  CHECK(early_caller.api == &kLatestApi);
  CHECK(EarlyCaller::early.IsSet());
}

}  // namespace

int main() {
  AReadBeforeTheFlavorWasSetAborts();
  ASetFlavorIsInForce();
  TheSameFlavorAgainIsNoError();
  AnotherFlavorAbortsAndNamesBothPlaces();
  AFlavorThatIsNotBuiltCannotBeSet();
  AStateWorksBeforeMain();
  return Finish("flavor_state");
}
