// In a scope, a thread uses the scope's flavor, whatever the process's is.
#include <cstring>
#include <optional>
#include <thread>
#include <type_traits>

#include "check.h"
#include "unfork/flavor_state.h"

namespace {

const int kLegacyApi = 1;
const int kLatestApi = 2;

constexpr unfork::Built kLegacy{"legacy", "1.0", &kLegacyApi};
constexpr unfork::Built kLatest{"latest", "2.0", &kLatestApi};

unfork::FlavorState sound("sound", kLegacy, kLatest);
unfork::FlavorState video("video", kLegacy, kLatest);
unfork::FlavorState unset("unset", kLegacy, kLatest);
unfork::FlavorState only("only", {"legacy", "1.0", nullptr}, kLatest);

int FlavorOf(unfork::FlavorState& state) { return state.Current("call") == &kLegacyApi ? 0 : 1; }

void AScopeWorksWhereNothingWasSet() {
  {
    const unfork::FlavorScope scope(unset, 0);
    CHECK(FlavorOf(unset) == 0);
    CHECK(unset.Get() == 0);
    CHECK(!unset.IsSet());
  }
  CHECK_DIES("before the flavor was set", static_cast<void>(unset.Current("after")));
}

void TheProcessKeepsItsFlavor() {
  sound.Set(1);
  CHECK(FlavorOf(sound) == 1);
  {
    const unfork::FlavorScope scope(sound, 0);
    CHECK(FlavorOf(sound) == 0);
    CHECK(sound.Get() == 0);
    CHECK(sound.Chosen() == 1);
    std::thread([] { CHECK(FlavorOf(sound) == 1); }).join();
  }
  CHECK(FlavorOf(sound) == 1);
}

void ScopesNestAndLibrariesAreApart() {
  video.Set(0);
  const unfork::FlavorScope outer(sound, 0);
  {
    const unfork::FlavorScope other(video, 1);
    CHECK(FlavorOf(sound) == 0);
    CHECK(FlavorOf(video) == 1);
    {
      const unfork::FlavorScope inner(sound, 1);
      CHECK(FlavorOf(sound) == 1);
      CHECK(FlavorOf(video) == 1);
    }
    CHECK(FlavorOf(sound) == 0);
  }
  CHECK(FlavorOf(video) == 0);
  CHECK(FlavorOf(sound) == 0);
}

void AFlavorMayBeSetWithinAScope() {
  static unfork::FlavorState late("late", kLegacy, kLatest);
  {
    const unfork::FlavorScope scope(late, 0);
    late.Set(1);
    CHECK(FlavorOf(late) == 0);
    std::thread([] { CHECK(FlavorOf(late) == 1); }).join();
    CHECK(FlavorOf(late) == 0);
  }
  CHECK(FlavorOf(late) == 1);
}

/// What calls read first: the flavor's api, or null where they have to take the longer way.
const void* PublishedBy(const unfork::FlavorState& state) {
  const void* published = nullptr;
  std::memcpy(&published, static_cast<const void*>(&state), sizeof published);
  return published;
}

void CallsTakeTheShortWayWithoutScopes() {
  static unfork::FlavorState state("short", kLegacy, kLatest);
  state.Set(1);
  CHECK(PublishedBy(state) == nullptr);
  CHECK(FlavorOf(state) == 1);
  CHECK(PublishedBy(state) == &kLatestApi);
  {
    const unfork::FlavorScope outer(state, 0);
    { const unfork::FlavorScope inner(state, 1); }
    CHECK(PublishedBy(state) == nullptr);
  }
  CHECK(PublishedBy(state) == &kLatestApi);
}

void AScopeIsAskedForWhatIsBuilt() {
  CHECK_DIES("the flavor legacy was asked for at ", const unfork::FlavorScope scope(only, 0));
  const unfork::FlavorScope scope(only, 1);
  CHECK(FlavorOf(only) == 1);
}

void AScopeEndsOnItsThreadInOrder() {
  using MaybeScope = std::optional<unfork::FlavorScope>;
  CHECK_DIES("ends on another thread, or before a scope inside it", {
    MaybeScope outer(std::in_place, sound, 0);
    const unfork::FlavorScope inner(sound, 1);
    outer.reset();
  });
  static_assert(!std::is_copy_constructible_v<unfork::FlavorScope> && !std::is_move_constructible_v<unfork::FlavorScope>);
}

}  // namespace

int main() {
  AScopeWorksWhereNothingWasSet();
  TheProcessKeepsItsFlavor();
  ScopesNestAndLibrariesAreApart();
  AFlavorMayBeSetWithinAScope();
  CallsTakeTheShortWayWithoutScopes();
  AScopeIsAskedForWhatIsBuilt();
  AScopeEndsOnItsThreadInOrder();
  return Finish("flavor_scope");
}
