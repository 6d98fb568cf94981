// One flavor's side: a test of its own runs. The library tells its version to its build system alone.
#include "flavor.h"
#include "gtest/gtest.h"

namespace {
TEST(OneFlavor, Adds) { EXPECT_EQ(4, 2 + 2); }
}  // namespace

extern "C" const char* NAME(version)() {
  static std::string text;
  NAME(testing)::GTEST_FLAG(print_time) = false;
  int count = 1;
  char name[] = "side", *arguments[] = {name, nullptr};
  NAME(testing)::InitGoogleTest(&count, arguments);
  NAME(testing)::internal::CaptureStdout();
  const int failed = NAME(RUN_ALL_TESTS)();
  NAME(testing)::internal::GetCapturedStdout();
  const auto& ran = *NAME(testing)::UnitTest::GetInstance();
  text = std::string(RELEASE) + " (" + std::to_string(ran.successful_test_count()) + " of " + std::to_string(ran.total_test_count()) +
         " tests passed, " + std::to_string(failed) + ")";
  return text.c_str();
}
