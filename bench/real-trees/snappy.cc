// One flavor's side.
#include <string>

#include "flavor.h"
#include "snappy.h"

extern "C" const char* NAME(version)() {
  std::string packed, back;
  NAME(snappy)::Compress("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 40, &packed);
  NAME(snappy)::Uncompress(packed.data(), packed.size(), &back);
  static std::string text = std::to_string(SNAPPY_MAJOR) + "." + std::to_string(SNAPPY_MINOR) + "." + std::to_string(SNAPPY_PATCHLEVEL) +
                            " (" + std::to_string(back.size()) + " bytes in " + std::to_string(packed.size()) + ")";
  return text.c_str();
}
