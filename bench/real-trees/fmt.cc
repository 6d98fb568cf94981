// One flavor's side.
#include <vector>

#include "flavor.h"
#include "fmt/chrono.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace lib = NAME(fmt);

extern "C" const char* NAME(version)() {
  static const auto text = lib::format("{}.{}.{} (formats {:08.3f} and {})", FMT_VERSION / 10000, FMT_VERSION / 100 % 100,
                                       FMT_VERSION % 100, 3.14159, std::vector<int>{1, 2});
  return text.c_str();
}
