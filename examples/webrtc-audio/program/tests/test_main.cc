// Runs all tests; exit 1 when one fails.
#include <cstdio>
#include <exception>

#include "check.h"

int main() {
  int failed = 0;
  for (const auto& test : webrtc_audio_test::Tests()) {
    try {
      test.run();
      std::printf("ok %s\n", test.name);
    } catch (const std::exception& error) {
      std::printf("FAILED %s: %s\n", test.name, error.what());
      ++failed;
    }
  }
  std::printf("%zu tests, %d failed\n", webrtc_audio_test::Tests().size(),
              failed);
  return failed == 0 ? 0 : 1;
}
