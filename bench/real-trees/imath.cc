// One flavor's side. The namespace is the one that the build fills in.
#include <string>

#include "ImathConfig.h"
#include "ImathMatrix.h"
#include "ImathVec.h"
#include "flavor.h"
#include "half.h"

extern "C" const char* NAME(version)() {
  NAME(Imath)::M44f turn;
  turn.rotate(NAME(Imath)::V3f(0, 0, 1.5707963f));
  const NAME(Imath)::V3f turned = NAME(Imath)::V3f(1, 0, 0) * turn;
  static std::string text = std::string(IMATH_VERSION_STRING) + " (turns x to y: " + (turned.y > 0.999f ? "yes" : "no") + ", half of 0.1 is " +
                            std::to_string(float(half(0.1f))) + ")";
  return text.c_str();
}
