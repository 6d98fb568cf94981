// One flavor's side.
#include <string>

#include "Eigen/Dense"
#include "flavor.h"

extern "C" const char* NAME(version)() {
  NAME(Eigen)::Matrix3d m;
  m << 2, 0, 1, 1, 3, 2, 0, 1, 4;
  static std::string text = std::to_string(EIGEN_WORLD_VERSION) + "." + std::to_string(EIGEN_MAJOR_VERSION) + "." +
                            std::to_string(EIGEN_MINOR_VERSION) + " (determinant " + std::to_string(m.fullPivLu().determinant()) + ")";
  return text.c_str();
}
