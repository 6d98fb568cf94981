// A failure prints one message, tells the hook, and aborts.
#include "unfork/fail.h"

#include <atomic>
#include <thread>

#include "check.h"

namespace {

void TellTheHook(const char* message) { std::fprintf(stderr, "<hook: %s>\n", message); }

void FailInTheHook(const char*) { unfork::Fail("second", "the hook failed"); }

void SleepInTheHook(const char*) {
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  std::fprintf(stderr, "<the first hook ended>\n");
}

void AFailureSaysWhat() {
  const unfork::Place place{"start.cc", 7, "main"};
  CHECK_DIES("unfork: webrtc: number 3 at start.cc:7 (main).\n", unfork::Fail("webrtc", "number ", 3, " at ", place, "."));
}

void AHookIsToldFirst() {
  CHECK(unfork::SetFailureHook(TellTheHook) == nullptr);
  CHECK_DIES("<hook: unfork: webrtc: gone>\n", unfork::Fail("webrtc", "gone"));
  CHECK(unfork::SetFailureHook(nullptr) == TellTheHook);
}

void AHookThatFailsEndsTheProgram() {
  unfork::SetFailureHook(FailInTheHook);
  CHECK_DIES("unfork: second: the hook failed\n", unfork::Fail("first", "gone"));
  unfork::SetFailureHook(nullptr);
}

void AThreadThatFailsSecondWaitsForTheHook() {
  unfork::SetFailureHook(SleepInTheHook);
  CHECK_DIES("<the first hook ended>\n", {
    std::thread other([] { unfork::Fail("first", "gone"); });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    unfork::Fail("second", "gone");
  });
  unfork::SetFailureHook(nullptr);
}

#if defined(UNFORK_HAS_BACKTRACE) && defined(UNFORK_TESTS_DEATHS)
void ABacktraceHasAddresses() {
  const std::string text = DeathOf([] { unfork::Fail("webrtc", "gone"); });
  const std::size_t bracket = text.find("[0x");
  CHECK(bracket != std::string::npos);
  CHECK(bracket > text.find("gone"));
}
#else
void ABacktraceHasAddresses() {}
#endif

}  // namespace

int main() {
  AFailureSaysWhat();
  AHookIsToldFirst();
  AHookThatFailsEndsTheProgram();
  AThreadThatFailsSecondWaitsForTheHook();
  ABacktraceHasAddresses();
  return Finish("fail");
}
