// One flavor's side.
#include <string>

#include "CLI/CLI.hpp"
#include "flavor.h"

extern "C" const char* NAME(version)() {
  NAME(CLI)::App app{"gauge"};
  int level = 0;
  app.add_option("--level", level)->check(NAME(CLI)::Range(1, 9));
  app.parse("--level 7");
  static std::string text = std::string("CLI11 ") + CLI11_VERSION + " (level " + std::to_string(level) + ")";
  return text.c_str();
}
