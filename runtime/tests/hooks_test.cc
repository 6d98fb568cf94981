// Hooks are told of each event once, whether they were there when it happened or came later.
#include "unfork/hooks.h"

#include <cstring>
#include <string>
#include <vector>

#include "check.h"
#include "unfork/flavor_state.h"

namespace {

const int kLegacyApi = 1;
const int kLatestApi = 2;
using Lines = std::vector<std::string>;

void NoteExposure(const unfork::Exposure& exposure, void* data) {
  static_cast<Lines*>(data)->push_back(std::string(exposure.library) + " " + exposure.flavor + "@" + exposure.release + " by " + exposure.source + " in " +
                                       exposure.first_call + " since " + exposure.place.file + ":" + std::to_string(exposure.place.line));
}

void NoteAnnotation(const char* key, const char* value, void* data) { static_cast<Lines*>(data)->push_back(std::string(key) + "=" + value); }

unfork::FlavorState sound("sound", {"legacy", "1.0", &kLegacyApi}, {"latest", "2.0", &kLatestApi});
unfork::FlavorState video("video", {"legacy", "1.0", &kLegacyApi}, {"latest", "2.0", &kLatestApi});

void ExposuresAreToldAtTheFirstUse() {
  Lines seen;
  unfork::SetExposureHook(NoteExposure, &seen);
  sound.Set(1, unfork::Place{"start.cc", 3, "main"}, "callback");
  CHECK(seen.empty());
  static_cast<void>(sound.Current("sound_shim::Play"));
  static_cast<void>(sound.Current("sound_shim::Stop"));
  CHECK(seen == Lines{"sound latest@2.0 by callback in sound_shim::Play since start.cc:3"});
  for (int round = 0; round < 2; ++round) {
    const unfork::FlavorScope scope(sound, 0, unfork::Place{"shadow.cc", 8, "Run"});
    static_cast<void>(sound.Current("sound_shim::Stop"));
  }
  CHECK(seen.size() == 2);
  CHECK(seen.back() == "sound legacy@1.0 by scope in sound_shim::Stop since shadow.cc:8");
  unfork::SetExposureHook(nullptr);
}

void ALaterHookIsToldOfWhatHappened() {
  Lines seen;
  unfork::SetExposureHook(NoteExposure, &seen);
  CHECK(seen.size() == 2);
  unfork::SetExposureHook(nullptr);
  Lines annotations;
  unfork::SetAnnotationHook(NoteAnnotation, &annotations);
  CHECK((annotations == Lines{"sound.flavor=latest", "sound.release=2.0", "sound.flavor.source=callback"}));
  video.Set(0);
  CHECK(annotations.size() == 6);
  video.Set(0);
  CHECK(annotations.size() == 6);
  CHECK(annotations.back() == "video.flavor.source=program");
  unfork::SetAnnotationHook(nullptr);
}

void AnnotationsCanBePulled() {
  Lines pulled;
  unfork::ForEachAnnotation([&](const char* key, const char* value) { NoteAnnotation(key, value, &pulled); });
  CHECK((pulled == Lines{"video.flavor=legacy", "video.release=1.0", "video.flavor.source=program", "sound.flavor=latest", "sound.release=2.0",
                         "sound.flavor.source=callback"}));
}

bool MemoryHas(const unfork::FlavorState& state, const char* line) {
  const std::string memory(reinterpret_cast<const char*>(&state), sizeof state);
  return Contains(memory, std::string(line) + '\0');
}

void ADeadProcessTellsItsFlavor() {
  static const unfork::FlavorState unset("words", {"legacy", "1.0", &kLegacyApi}, {"latest", "2.0", &kLatestApi});
  CHECK(MemoryHas(unset, "unfork-flavor:words=unset"));
  CHECK(MemoryHas(sound, "unfork-flavor:sound=latest@2.0"));
  CHECK(!MemoryHas(sound, "unfork-flavor:sound=unset"));
}

void AHookMayUseTheShim() {
  static unfork::FlavorState state("inner", {"legacy", "1.0", &kLegacyApi}, {"latest", "2.0", &kLatestApi});
  static int calls = 0;
  unfork::SetExposureHook([](const unfork::Exposure& exposure, void*) {
    if (std::strcmp(exposure.library, "inner") != 0) return;
    ++calls;
    CHECK(state.Current("inner_shim::Log") == &kLatestApi);
  });
  unfork::SetAnnotationHook([](const char* key, const char*, void*) {
    if (std::strncmp(key, "inner.", 6) == 0) CHECK(state.Get() == 1);
  });
  state.Set(1);
  static_cast<void>(state.Current("inner_shim::First"));
  CHECK(calls == 1);
  unfork::SetExposureHook(nullptr);
  unfork::SetAnnotationHook(nullptr);
}

/// An event that a hook causes while it is told of earlier ones is told once as well.
void AnEventDuringTheReportIsToldOnce() {
  static unfork::FlavorState first("first", {"legacy", "1.0", &kLegacyApi}, {"latest", "2.0", &kLatestApi});
  static unfork::FlavorState second("second", {"legacy", "1.0", &kLegacyApi}, {"latest", "2.0", &kLatestApi});
  static Lines seen;
  first.Set(0);
  second.Set(0);
  static_cast<void>(second.Current("second_shim::Run"));
  unfork::SetExposureHook([](const unfork::Exposure& exposure, void*) {
    const std::string library = exposure.library;
    if (library == "second") static_cast<void>(first.Current("first_shim::Run"));
    if (library == "first" || library == "second") seen.push_back(library);
  });
  CHECK((seen == Lines{"first", "second"}));
  unfork::SetExposureHook(nullptr);
}

}  // namespace

int main() {
  ExposuresAreToldAtTheFirstUse();
  ALaterHookIsToldOfWhatHappened();
  AnnotationsCanBePulled();
  ADeadProcessTellsItsFlavor();
  AHookMayUseTheShim();
  AnEventDuringTheReportIsToldOnce();
  return Finish("hooks");
}
