// Many threads set, read, open scopes and install hooks at once; for ThreadSanitizer, and for the counts of what is told once.
#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>
#include <vector>

#include "check.h"
#include "unfork/flavor_state.h"
#include "unfork/ref_counted.h"

namespace {

const int kLegacyApi = 1;
const int kLatestApi = 2;
constexpr int kThreads = 6;
constexpr int kRounds = 2000;

unfork::FlavorState sound("sound", {"legacy", "1.0", &kLegacyApi}, {"latest", "2.0", &kLatestApi});
std::atomic<int> wrong{0};
std::atomic<int> process_exposures{0};
std::atomic<int> scope_exposures{0};
std::atomic<int> annotations{0};

template <class Body>
void OnThreads(Body body) {
  std::atomic<int> ready{0};
  std::vector<std::thread> threads;
  for (int index = 0; index < kThreads; ++index) {
    threads.emplace_back([&, index] {
      for (++ready; ready < kThreads;) std::this_thread::yield();
      body(index);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

void Expect(const void* api) {
  if (sound.Current("call") != api) ++wrong;
}

/// Every thread sets the same flavor and uses it at once; every other one uses both in scopes meanwhile.
void Use(int thread) {
  sound.Set(1);
  for (int round = 0; round < kRounds; ++round) {
    Expect(&kLatestApi);
    if (thread % 2 == 0 || round % 16 != 0) continue;
    const unfork::FlavorScope legacy(sound, 0);
    Expect(&kLegacyApi);
    {
      const unfork::FlavorScope latest(sound, 1);
      Expect(&kLatestApi);
      if (sound.Get() != 1) ++wrong;
    }
    Expect(&kLegacyApi);
  }
}

void CountExposure(const unfork::Exposure& exposure, void*) {
  ++(std::strcmp(exposure.source, "scope") == 0 ? scope_exposures : process_exposures);
}

void CountAnnotation(const char*, const char*, void*) { ++annotations; }

struct Shared : unfork::RefCounted<Shared> {
  explicit Shared(std::atomic<int>& count) : ends(count) {}
  ~Shared() {
    value = 0;
    ++ends;
  }
  std::atomic<int>& ends;
  int value = 7;
};

void ReferencesAreCountedOnAllThreads() {
  std::atomic<int> ends{0};
  {
    const unfork::scoped_refptr<Shared> shared = unfork::make_ref_counted<Shared>(ends);
    OnThreads([&](int) {
      for (int round = 0; round < kRounds; ++round) const unfork::scoped_refptr<Shared> copy = shared;
    });
    CHECK(shared->HasOneRef());
    CHECK(ends == 0);
  }
  CHECK(ends == 1);
}

/// Whoever is last ends the object, after all others have read it.
void TheLastThreadEndsTheObject() {
  std::atomic<int> ends{0};
  for (int round = 0; round < 50; ++round) {
    Shared* const shared = new Shared(ends);
    for (int thread = 0; thread < kThreads; ++thread) shared->AddRef();
    OnThreads([&](int) {
      if (shared->value != 7) ++wrong;
      shared->Release();
    });
  }
  CHECK(ends == 50);
  CHECK(wrong == 0);
}

/// A thread that learns of the flavor by reading it alone sees what was set with it.
void AReaderSeesWhatWasSet() {
  static unfork::FlavorState states[3] = {{"r", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}},
                                          {"s", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}},
                                          {"t", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}}};
  for (unfork::FlavorState& state : states) {
    std::thread reader([&] {
      while (!state.IsSet()) std::this_thread::yield();
      if (state.Current("call") != &kLatestApi || std::strcmp(state.source(), "program") != 0) ++wrong;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    state.Set(1);
    reader.join();
  }
  CHECK(wrong == 0);
}

/// A second hook, installed while events happen, is told of each event once as well.
void HooksAreToldOnce() {
  static unfork::FlavorState states[8] = {
      {"a", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}}, {"b", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}},
      {"c", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}}, {"d", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}},
      {"e", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}}, {"f", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}},
      {"g", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}}, {"h", {"x", "1", &kLegacyApi}, {"y", "2", &kLatestApi}}};
  static std::atomic<int> seen{0};
  static std::atomic<int> keys{0};
  OnThreads([](int thread) {
    if (thread == 0) {
      unfork::SetExposureHook([](const unfork::Exposure& exposure, void*) { seen += exposure.library[1] == '\0' ? 1 : 0; });
      unfork::SetAnnotationHook([](const char* key, const char*, void*) { keys += key[1] == '.' ? 1 : 0; });
      return;
    }
    for (unfork::FlavorState& state : states) {
      state.Set(0);
      if (state.Current("call") != &kLegacyApi) ++wrong;
      int pulled = 0;
      unfork::ForEachAnnotation([&](const char*, const char*) { ++pulled; });
      if (pulled == 0) ++wrong;
    }
  });
  CHECK(seen == 8);
  CHECK(keys == 24);
}

}  // namespace

int main() {
  unfork::SetExposureHook(CountExposure);
  unfork::SetAnnotationHook(CountAnnotation);
  OnThreads(Use);
  CHECK(wrong == 0);
  CHECK(process_exposures == 1);
  CHECK(scope_exposures == 2);
  CHECK(annotations == 3);
  CHECK(sound.Chosen() == 1);
  HooksAreToldOnce();
  CHECK(wrong == 0);
  ReferencesAreCountedOnAllThreads();
  TheLastThreadEndsTheObject();
  AReaderSeesWhatWasSet();
  return Finish("flavor_threads");
}
