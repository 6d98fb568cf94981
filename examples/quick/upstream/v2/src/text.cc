// Levels as a person reads them.
#include "meter/text.h"

#include <cstdio>

namespace meter {
namespace {

// Nothing below this is shown as a number.
constexpr double kQuietestDb = -90.0;

}  // namespace

std::string format_level(double db) {
  if (db < kQuietestDb) return "--";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f dB", db);
  return text;
}

}  // namespace meter
