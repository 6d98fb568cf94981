// Levels as a person reads them.
#include "meter/text.h"

#include <cstdio>

namespace meter {

std::string format_level(double db) {
  if (db < -96.0) return "silence";
  char text[32];
  std::snprintf(text, sizeof text, "%.0f dB", db);
  return text;
}

}  // namespace meter
