// One flavor's side.
#include <string>

#include "fast_float/fast_float.h"
#include "flavor.h"

extern "C" const char* NAME(version)() {
  const std::string given = "-6.02214076e23 apples";
  double value = 0;
  const auto answer = NAME(fast_float)::from_chars(given.data(), given.data() + given.size(), value);
  static std::string text = std::string(RELEASE) + " (reads " + std::to_string(answer.ptr - given.data()) + " characters, " +
                            (value == -6.02214076e23 ? "exactly" : "wrongly") + ")";
  return text.c_str();
}
